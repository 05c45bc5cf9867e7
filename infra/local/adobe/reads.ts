import { groupView } from "./group-view.ts";
import type { Group, Groups } from "./groups.ts";
import { membersOf, withStatus } from "./members.ts";
import type { Organisation } from "./organisation.ts";
import { type HttpReply, json } from "./reply.ts";
import type { Ordered } from "./roll.ts";
import { userView, userViewWithoutGroups } from "./user-view.ts";
import type { Address, User } from "./users.ts";

const MAX_GROUP_NAME = 255;

export interface ReadContext {
  readonly organisation: Organisation;
  readonly query: URLSearchParams;
  /** Entries per page at most. */
  readonly pageSize: number;
}

/** `GET /users/{orgId}/{page}`: everyone, or those of one domain. */
export function listUsers(page: string, { organisation, query, pageSize }: ReadContext): HttpReply {
  const directOnly = isTrue(query.get("directOnly") ?? "true");
  const users = organisation.users.list(query.get("domain") ?? undefined);
  return paged(users, page, pageSize, (shown) => ({ users: shown.map((user) => userView(user, directOnly)) }));
}

/** `GET /users/{orgId}/{page}/{groupName}`: the members of a group. */
export function listMembers(page: string, groupName: string, context: ReadContext): HttpReply {
  const { organisation, query, pageSize } = context;
  if (groupName.trim() === "" || groupName.length > MAX_GROUP_NAME) {
    return json(400, {
      lastPage: false,
      result: "error.group.invalid_name",
      message: `Invalid group name: ${groupName}`,
    });
  }
  const group = findGroup(groupName, organisation.groups);
  if (group === undefined) {
    return json(404, { lastPage: false, result: "error.group.not_found", message: `Not found: ${groupName}` });
  }
  const directOnly = isTrue(query.get("directOnly") ?? "true");
  const view = (user: User) =>
    isTrue(query.get("excludeGroups")) ? userViewWithoutGroups(user) : userView(user, directOnly);
  const all = membersOf(group, organisation.groups.all(), directOnly);
  return paged(withStatus(all, group, query.get("status")), page, pageSize, (shown) => ({
    groupName: group.name,
    users: shown.map(view),
  }));
}

/** `GET /organizations/{orgId}/users/{userString}`: one person, compared without regard to case. */
export function getUser(userString: string, { organisation, query }: ReadContext): HttpReply {
  const user = organisation.users.find(addressOf(userString, query.get("domain")));
  if (user === undefined) {
    return json(404, { result: "error.user.not_found", message: `User not found ${userString}` });
  }
  return json(200, { result: "success", user: userView(user) });
}

/** `GET /groups/{orgId}/{page}`: every group, profile and admin group. */
export function listGroups(page: string, { organisation, pageSize }: ReadContext): HttpReply {
  const groups = organisation.groups.all();
  if (Number(page) * pageSize >= groups.length) return json(200, { lastPage: true, result: "Not found" });
  const listing: Ordered<Group> = { size: groups.length, slice: (start, end) => groups.slice(start, end) };
  return paged(listing, page, pageSize, (shown) => ({ groups: shown.map(groupView) }));
}

/** UMAPI docs: a page past the end is answered with the last one. */
function paged<T>(
  items: Ordered<T>,
  asked: string,
  pageSize: number,
  content: (shown: readonly T[]) => object,
): HttpReply {
  const pages = Math.max(1, Math.ceil(items.size / pageSize));
  const page = Math.min(Number(asked), pages - 1);
  const shown = items.slice(page * pageSize, (page + 1) * pageSize);
  return json(
    200,
    { lastPage: page === pages - 1, result: "success", ...content(shown) },
    {
      "x-total-count": String(items.size),
      "x-page-count": String(pages),
      "x-current-page": String(page),
      "x-page-size": String(shown.length),
    },
  );
}

/** Users report (umapi-documentation issue 53) that the id of a group may replace its name. */
function findGroup(nameOrId: string, groups: Groups): Group | undefined {
  return groups.find(nameOrId) ?? (/^\d+$/.test(nameOrId) ? groups.findById(Number(nameOrId)) : undefined);
}

/** `domain=AdobeID` asks for the Adobe ID of that email (UMAPI docs, getUser). */
function addressOf(userString: string, domain: string | null): Address {
  if (userString.includes("@")) {
    return { kind: "email", email: userString, adobeIDOnly: domain?.toLowerCase() === "adobeid" };
  }
  return { kind: "username", username: userString, domain: domain ?? "" };
}

/** Clients send `True` too. */
function isTrue(value: string | null): boolean {
  return value?.toLowerCase() === "true";
}
