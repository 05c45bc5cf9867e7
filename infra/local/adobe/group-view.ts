import type { Group } from "./groups.ts";

/** A group as UMAPI lists one; fields that do not apply are absent. */
export function groupView(group: Group) {
  return {
    type: group.type,
    groupName: group.name,
    memberCount: group.members.size,
    groupId: group.id,
    ...adminGroupName(group),
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
    ...(group.type === "CONTRACT_ADMIN_GROUP" && { contractName: group.contractName }),
  };
}

/** UMAPI docs: "Field absent if there are no administrators". */
function adminGroupName(group: Group): { adminGroupName?: string } {
  if (group.type === "CONTRACT_ADMIN_GROUP") {
    return group.members.size > 0 ? { adminGroupName: `_admin_${group.name}` } : {};
  }
  const admins = group.dependants.get("_admin_");
  return admins !== undefined && admins.members.size > 0 ? { adminGroupName: admins.name } : {};
}

/** As `groupView`, with the description, which UMAPI takes but never shows. */
export function groupViewWithDescription(group: Group) {
  return { ...groupView(group), ...(group.description !== undefined && { description: group.description }) };
}
