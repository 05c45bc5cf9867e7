import type { User } from "./users.ts";

/**
 * A user as UMAPI shows one; fields that are not set are absent.
 * @param directOnly false adds the profiles that come through the user's groups
 */
export function userView(user: User, directOnly = true) {
  const groups = groupNames(user, directOnly);
  return { ...fields(user), ...(groups.length > 0 && { groups }) };
}

/** As `userView`, with an empty list if there are no groups. */
export function userViewWithGroups(user: User) {
  return { ...fields(user), groups: groupNames(user, true) };
}

export function userViewWithoutGroups(user: User) {
  return fields(user);
}

function fields(user: User) {
  const { groups: _, ...rest } = user;
  return { ...rest, status: "active" };
}

function groupNames(user: User, directOnly: boolean): string[] {
  const direct = [...user.groups];
  const through = directOnly ? [] : direct.flatMap(({ profiles }) => [...profiles]);
  return [...new Set([...direct, ...through].map(({ name }) => name))];
}
