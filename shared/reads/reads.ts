import { readBudgets } from "../pacing/budget.ts";
import type { UserName } from "../umapi/client.ts";
import { isSameName } from "../umapi/folded-name.ts";
import { type Group, groupKey, groupSchema } from "./group.ts";
import { listing } from "./listing.ts";
import { PacedReader, type Read, type ReaderServices, type WaitOptions } from "./paced-reader.ts";
import { type Page, parsePage } from "./page.ts";
import { ReadError } from "./read-error.ts";
import {
  groupsPage,
  isUsableName,
  type MembersQuery,
  membersPage,
  oneUser,
  type UsersQuery,
  usersPage,
} from "./requests.ts";
import { parseUser, type User, userKey, userSchema } from "./user.ts";

/**
 * @property budgets at most what Adobe allows; a lower budget leaves room for other clients. @default - what Adobe
 * allows
 */
export type ReadsServices = Omit<ReaderServices, "budgets"> & Partial<Pick<ReaderServices, "budgets">>;

export interface ListOptions extends WaitOptions {
  /**
   * The page to begin at, from 0, such as the `page` of a `ReadError`. Past the end it gives the last page's entries.
   * @default 0
   */
  readonly fromPage?: number;
}

/**
 * Reads an organisation's users and groups from Adobe's User Management API, page by page, within Adobe's limits: 25
 * pages or single users and 5 pages of groups in any 60 s. If Adobe or the budget says to wait, it waits (see
 * `WaitOptions`) and continues where it stopped.
 *
 * A listing is not a snapshot. A user who joins while it runs may be missing. So may a user who moves to a page that
 * was read already, because somebody before them left.
 *
 * Every failure of Adobe or of the network becomes a `ReadError`, whose `code` names it. Each method may fail with
 * `wait-too-long`, `adobe-unavailable`, `credentials-refused`, `credentials-unreadable` and `read-refused`, a listing
 * also with `page-repeated`.
 *
 * @example for await (const user of reads.users({ domain: "example.com" })) console.log(user.status);
 */
export class Reads {
  readonly #reader: PacedReader;

  constructor(services: ReadsServices) {
    this.#reader = new PacedReader({ budgets: readBudgets, ...services });
  }

  /** Users of the organisation, up to 2,000 a page. UMAPI docs, "Get Users in Organization". */
  users(query: UsersQuery & ListOptions = {}): AsyncGenerator<User, void, undefined> {
    const read = async (page: number, pages: number | undefined) =>
      (await this.#page({ api: "users", request: usersPage(page, pages, query), page, parse: usersOn }, query)) ??
      nothingAt(page);
    return listing(read, userKey, query.fromPage ?? 0);
  }

  /**
   * Members of a user group, product profile or administrative group. UMAPI docs, "Get Users in a User Group or Product
   * Profile".
   *
   * Also fails with `group-not-found`, `another-group` (field reports: Adobe cuts names at a dot) and `unusable-name`.
   *
   * @param groupName compared by Adobe without regard to case
   */
  members(groupName: string, query: MembersQuery & ListOptions = {}): AsyncGenerator<User, void, undefined> {
    const read = async (page: number) => {
      if (!isUsableName(groupName)) throw new ReadError({ code: "unusable-name" });
      const request = membersPage(page, groupName, query);
      const found = await this.#page({ api: "users", request, page, parse: usersOn }, query);
      if (found === undefined) throw new ReadError({ code: "group-not-found" });
      if (found.groupName !== undefined && !isSameName(found.groupName, groupName))
        throw new ReadError({ code: "another-group" }, { page });
      return found;
    };
    return listing(read, userKey, query.fromPage ?? 0);
  }

  /** User groups, product profiles and administrative groups. UMAPI docs, "Get User Groups and Product Profiles". */
  groups(options: ListOptions = {}): AsyncGenerator<Group, void, undefined> {
    const read = async (page: number, pages: number | undefined) =>
      (await this.#page({ api: "groups", request: groupsPage(page, pages), page, parse: groupsOn }, options)) ??
      nothingAt(page);
    return listing(read, groupKey, options.fromPage ?? 0);
  }

  /**
   * One user. UMAPI docs, "Get User Information". Also fails with `unusable-name`.
   *
   * @param name an email, or a username together with its domain; either in any letter case
   * @returns undefined if the organisation has no such user
   */
  async user(name: UserName, options: WaitOptions = {}): Promise<User | undefined> {
    if (!isUsableName(name.user)) throw new ReadError({ code: "unusable-name" });
    const read = { api: "users", request: oneUser(name), parse: parseUser } as const;
    const found = await this.#reader.read(read, options);
    return found.kind === "read" ? found.result : undefined;
  }

  /** @returns undefined if Adobe says that the listed thing does not exist */
  async #page<Entry>(read: Read<Page<Entry>>, options: WaitOptions): Promise<Page<Entry> | undefined> {
    const found = await this.#reader.read(read, options);
    return found.kind === "read" ? found.result : undefined;
  }
}

/** Adobe's own client also takes "not found" for an empty organisation. */
function nothingAt(page: number): Page<never> {
  if (page > 0) throw new ReadError({ code: "read-refused", status: 404 }, { page });
  return { entries: [], lastPage: true };
}

const usersOn = (json: unknown, headers: Headers) => parsePage("users", userSchema, json, headers);
const groupsOn = (json: unknown, headers: Headers) => parsePage("groups", groupSchema, json, headers);
