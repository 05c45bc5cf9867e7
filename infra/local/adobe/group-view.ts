import type { Group } from "./groups.ts";

/** A group as UMAPI lists one; what does not apply is absent. */
export function groupView(group: Group) {
  const admins = group.dependants.get("_admin_");
  return {
    type: group.type,
    groupName: group.name,
    memberCount: group.members.size,
    groupId: group.id,
    ...(admins !== undefined && admins.members.size > 0 && { adminGroupName: admins.name }),
    ...(group.type === "USER_ADMIN_GROUP" && { userGroupName: group.parent?.name }),
    ...((group.type === "PROFILE_ADMIN_GROUP" || group.type === "DEVELOPER_GROUP") && {
      productProfileName: group.parent?.name,
    }),
    // UMAPI docs, group.md: its example shows the product under `productProfileName`.
    ...(group.type === "PRODUCT_ADMIN_GROUP" && {
      productProfileName: group.parent?.productName,
      productName: group.parent?.productName,
    }),
    ...(group.type === "PRODUCT_PROFILE" && {
      productName: group.productName,
      ...(group.licenseQuota !== undefined && { licenseQuota: String(group.licenseQuota) }),
    }),
  };
}

/** As `groupView`, with what UMAPI takes and never shows. */
export function groupViewWithDescription(group: Group) {
  return { ...groupView(group), ...(group.description !== undefined && { description: group.description }) };
}
