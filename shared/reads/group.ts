import * as z from "zod/mini";
import { tolerant } from "./tolerant.ts";

const text = z.exactOptional(z.string());

/** Adobe documents a number; its own example has a string. */
const licenseQuota = z.union([
  z.literal("UNLIMITED"),
  z.int(),
  z.pipe(z.string().check(z.regex(/^-?\d{1,15}$/)), z.transform(Number)),
]);

/**
 * A user group, product profile or administrative group. Fields that do not apply are absent. Profiles and product
 * admin groups have a `productName`, and contract admin groups a `contractName`. `userGroupName` and
 * `productProfileName` say what an admin or developer group belongs to. A `type` that Adobe does not document reads
 * `unknown`.
 *
 * Source: UMAPI docs, "Get User Groups and Product Profiles", and its news of 22 May 2025.
 */
export type Group = Readonly<z.output<typeof groupSchema>>;

export const groupSchema = tolerant({
  groupName: z.string(),
  groupId: z.exactOptional(z.int()),
  type: z.exactOptional(
    z.catch(
      z.enum([
        "USER_GROUP",
        "PRODUCT_PROFILE",
        "SYSADMIN_GROUP",
        "DEPLOYMENT_ADMIN_GROUP",
        "SUPPORT_ADMIN_GROUP",
        "PRODUCT_ADMIN_GROUP",
        "PROFILE_ADMIN_GROUP",
        "USER_ADMIN_GROUP",
        "DEVELOPER_GROUP",
        "CONTRACT_ADMIN_GROUP",
        "unknown",
      ]),
      "unknown",
    ),
  ),
  /** How many users are members. */
  memberCount: z.exactOptional(z.int()),
  /** The name of the group of its administrators. */
  adminGroupName: text,
  userGroupName: text,
  productProfileName: text,
  productName: text,
  contractName: text,
  /** How many licences a profile has. */
  licenseQuota: z.exactOptional(licenseQuota),
});

/** A key that is the same for one group on two pages. */
export function groupKey({ type, groupName, groupId }: Group): string {
  return JSON.stringify([type, groupName, groupId]);
}
