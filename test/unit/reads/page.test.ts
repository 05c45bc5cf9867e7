import { describe, expect, test } from "vitest";
import { groupKey, groupSchema } from "../../../shared/reads/group.ts";
import { parsePage } from "../../../shared/reads/page.ts";
import { parseUser, userKey, userSchema } from "../../../shared/reads/user.ts";

const users = (json: unknown, headers: Record<string, string> = {}) =>
  parsePage("users", userSchema, json, new Headers(headers));
const groups = (json: unknown) => parsePage("groups", groupSchema, json, new Headers());

describe("a page of users", () => {
  test("has the users without what is not known or not set, and the place that the headers tell", () => {
    const user = { id: "1@AdobeID", email: "ada@example.com", type: "adobeID", status: "active", groups: ["A"] };
    expect(
      users(
        {
          lastPage: false,
          result: "success",
          more: 1,
          users: [{ ...user, tags: ["x"], adminRoles: [], country: null }],
        },
        { "x-current-page": "3", "x-page-count": "7", "x-total-count": "13000", "x-page-size": "1" },
      ),
    ).toEqual({ entries: [user], lastPage: false, current: 3, count: 7 });
  });

  test("may hold users of a kind and a status that nobody has documented", () => {
    const page = users({ result: "success", users: [{ type: "guestID", status: "pending" }, {}] });
    expect(page?.entries).toEqual([{ type: "unknown", status: "unknown" }, {}]);
  });

  test("without headers, or with useless ones, has no place", () => {
    const headers = { "x-current-page": "", "x-page-count": "many" };
    expect(users({ lastPage: true, result: "success", users: [] }, headers)).toEqual({ entries: [], lastPage: true });
  });

  test("may leave the list out where it is the last", () => {
    expect(users({ lastPage: true, result: "success" })).toEqual({ entries: [], lastPage: true });
  });

  test("names its group", () => {
    expect(users({ lastPage: true, result: "success", groupName: "A", users: [] })?.groupName).toBe("A");
  });

  test.each([
    ["no JSON", undefined],
    ["a list", []],
    ["another result", { lastPage: true, result: "error.internal", users: [] }],
    ["no result", { lastPage: true, users: [] }],
    ["no list though more follow", { lastPage: false, result: "success" }],
    ["users that are none", { lastPage: true, result: "success", users: ["ada@example.com"] }],
    ["names that are no text", { lastPage: true, result: "success", users: [{ email: 7 }] }],
    ["lastPage as text", { lastPage: "true", result: "success", users: [] }],
  ])("is none with %s", (_, json) => {
    expect(users(json)).toBeUndefined();
  });
});

describe("a page of groups", () => {
  test("has what Adobe's own example has", () => {
    const profile = { type: "PRODUCT_PROFILE", groupName: "Default", memberCount: 0, productName: "All Apps" };
    const page = groups({
      lastPage: true,
      result: "success",
      groups: [
        { ...profile, licenseQuota: "8" },
        { ...profile, licenseQuota: "UNLIMITED", groupId: 38_324_336 },
        { groupName: "A", licenseQuota: 10, type: "TEAM" },
      ],
    });
    expect(page?.entries).toEqual([
      { ...profile, licenseQuota: 8 },
      { ...profile, licenseQuota: "UNLIMITED", groupId: 38_324_336 },
      { groupName: "A", licenseQuota: 10, type: "unknown" },
    ]);
  });

  test("has contract admin groups, whole or as Adobe showed them before they had a type", () => {
    const contract = {
      groupId: 555_555_555,
      groupName: "BCDEFA3F5A9DB8F0345B_CONTRACT_GROUP",
      adminGroupName: "_admin_BCDEFA3F5A9DB8F0345B_CONTRACT_GROUP",
      memberCount: 1,
    };
    const named = { ...contract, type: "CONTRACT_ADMIN_GROUP", contractName: "ETLA - BCDEFA3F5A9DB8F0345B" };
    const page = groups({
      lastPage: true,
      result: "success",
      groups: [named, contract, { ...named, contractName: null }],
    });
    const { contractName: _, ...nameless } = named;
    expect(page?.entries).toEqual([named, contract, nameless]);
  });

  test("beyond the end is empty and the last", () => {
    expect(groups({ lastPage: true, result: "Not found" })).toEqual({ entries: [], lastPage: true });
    expect(groups({ result: "Not found" })).toEqual({ entries: [], lastPage: true });
  });
});

test("an answer for one user that holds none is not a user", () => {
  expect(parseUser({ result: "success", user: { email: "a@example.com" } })).toEqual({ email: "a@example.com" });
  for (const json of [undefined, {}, { user: null }, { user: [] }]) expect(parseUser(json)).toBeUndefined();
});

describe("on two pages", () => {
  const distinct = <Entry>(keyOf: (entry: Entry) => string, entries: readonly Entry[]) =>
    new Set(entries.map(keyOf)).size;

  test("users are the same by their ids, not by an email that an Adobe ID may share, and without ids by all they have", () => {
    const email = "ada@example.com";
    expect(distinct(userKey, [{ id: "1", email }, { id: "2", email }, { email }, { email, firstname: "Ada" }])).toBe(4);
    expect(
      distinct(userKey, [
        { id: "1", email },
        { id: "1", firstname: "Ada" },
      ]),
    ).toBe(1);
  });

  test("groups are the same by type, name and id", () => {
    const groupName = "Design";
    const same = { groupName, type: "USER_GROUP", groupId: 1 } as const;
    expect(distinct(groupKey, [same, { ...same, memberCount: 7 }])).toBe(1);
    expect(distinct(groupKey, [same, { ...same, type: "PRODUCT_PROFILE" }, { ...same, groupId: 2 }])).toBe(3);
  });
});
