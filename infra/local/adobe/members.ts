import type { Group } from "./groups.ts";
import { type Ordered, part, Roll } from "./roll.ts";
import type { User } from "./users.ts";

/** The members of a profile, directly or through groups, for a given revision of all those memberships. */
const throughGroups = new WeakMap<Group, { readonly revision: string; readonly members: Roll<User> }>();

/**
 * The members of a group in the order in which they joined.
 * @param groups every group of the organisation
 * @param directOnly false adds users who have a product profile only through a user group, after the direct members
 */
export function membersOf(group: Group, groups: readonly Group[], directOnly: boolean): Ordered<User> {
  const holders = directOnly ? [] : groups.filter(({ profiles }) => profiles.has(group));
  if (holders.length === 0) return group.members;
  const sources = [group, ...holders];
  const revision = sources.map(({ id, members }) => `${id}:${members.revision}`).join();
  const known = throughGroups.get(group);
  if (known?.revision === revision) return known.members;
  const members = new Roll<User>();
  for (const source of sources) for (const user of source.members) members.add(user);
  throughGroups.set(group, { revision, members });
  return members;
}

/**
 * The members of a product profile who have a licence, or those who have none (UMAPI docs, `status`). The first members
 * get the licences. For any other status, and any other kind of group, all members are returned.
 */
export function withStatus(members: Ordered<User>, group: Group, status: string | null): Ordered<User> {
  if (group.licenseQuota === undefined) return members;
  if (status === "active") return part(members, 0, group.licenseQuota);
  if (status === "inactive") return part(members, group.licenseQuota, members.size);
  return members;
}
