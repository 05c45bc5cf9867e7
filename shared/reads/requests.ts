import type { ReadRequest, UserName } from "../umapi/client.ts";
import { groupSegment, pathSegment } from "../umapi/path-segment.ts";
import { unsendableIn } from "../umapi/sendable-text.ts";

export interface UsersQuery {
  /** Only users of this domain. */
  readonly domain?: string;
  /** If false, `groups` also has the profiles that come through user groups. @default - true, Adobe's default */
  readonly directOnly?: boolean;
}

export interface MembersQuery {
  /** For a profile: if false, also lists members through a user group. @default - true, Adobe's default */
  readonly directOnly?: boolean;
  /** For a profile: only members whose licence is in use, or only those whose licence is not. @default - both */
  readonly status?: "active" | "inactive";
  /** Leaves `groups` out of the users, which makes pages lighter. @default false */
  readonly excludeGroups?: boolean;
}

type Parts = Omit<ReadRequest, "id">;

/** @param pages how many pages there are, where that is known */
export function usersPage(page: number, pages: number | undefined, { domain, directOnly }: UsersQuery): Parts {
  return { collection: "users", below: String(page), query: given({ domain, directOnly }), ...mark(page, pages) };
}

/** @param groupName a name that `isUsableName` accepts */
export function membersPage(page: number, groupName: string, query: MembersQuery): Parts {
  const { directOnly, status, excludeGroups } = query;
  return {
    collection: "users",
    below: `${page}/${groupSegment(groupName)}`,
    query: given({ directOnly, status, excludeGroups }),
  };
}

/** @param pages how many pages there are, where that is known */
export function groupsPage(page: number, pages: number | undefined): Parts {
  return { collection: "groups", below: String(page), query: {}, ...mark(page, pages) };
}

/** @param name its `user` must be a name that `isUsableName` accepts */
export function oneUser({ user, domain }: UserName): Parts {
  return { collection: "organizations", below: `users/${pathSegment(user)}`, query: given({ domain }) };
}

/**
 * Whether the name of a user or group can be part of a URL. An empty one would ask for the whole organisation. One or
 * two dots, encoded or not, would change the path (WHATWG URL, "double-dot URL path segment").
 */
export function isUsableName(name: string): boolean {
  return !/^\.{0,2}$/.test(name) && unsendableIn(name) === undefined;
}

/**
 * Marks the first and the last page. Users report (user-sync.py issue 813) that Adobe blocks listings of users or
 * groups for up to 75 min if page 0 is not marked. If there is only one page, it is marked as the first.
 */
function mark(page: number, pages: number | undefined): Pick<Parts, "pragma"> {
  if (page === 0) return { pragma: "umapi-sync-start" };
  return page + 1 === pages ? { pragma: "umapi-sync-end" } : {};
}

function given(query: Readonly<Record<string, string | boolean | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
