import { describe, expect, test } from "vitest";
import { groupsPage, isUsableName, membersPage, oneUser, usersPage } from "../../../shared/reads/requests.ts";

describe("a group's name in the path", () => {
  test.each([
    ["TestGroup1", "TestGroup1"],
    ["Creative Cloud 1", "Creative%20Cloud%201"],
    ["v2.1 beta", "v2%2E1%20beta"],
    ["R&D/Tools?#", "R%26D%2FTools%3F%23"],
    ["Grüße 日本", "Gr%C3%BC%C3%9Fe%20%E6%97%A5%E6%9C%AC"],
    ["100%", "100%25"],
    ["_admin_a@b", "_admin_a%40b"],
  ])("%j is %s, and a URL keeps it so", (name, segment) => {
    const { below } = membersPage(3, name, {});
    expect(below).toBe(`3/${segment}`);
    expect(new URL(`http://adobe.test/users/org/${below}`).pathname).toBe(`/users/org/3/${segment}`);
  });

  test.each(["", ".", "..", "a\u0000b", "half \uD800 of a pair"])("%j is refused", (name) => {
    expect(isUsableName(name)).toBe(false);
  });

  test.each(["...", ".a", "a"])("%j is not", (name) => {
    expect(isUsableName(name)).toBe(true);
  });
});

test("a user is asked for by email, or by username with its domain", () => {
  expect(oneUser({ user: "a+b@example.com" })).toMatchObject({ below: "users/a%2Bb@example.com", query: {} });
  expect(oneUser({ user: "j doe", domain: "example.com" })).toMatchObject({
    collection: "organizations",
    below: "users/j%20doe",
    query: { domain: "example.com" },
  });
});

test("what is not asked for is left to Adobe's defaults", () => {
  expect(membersPage(0, "g", {}).query).toEqual({});
  expect(membersPage(0, "g", { directOnly: false, status: "inactive", excludeGroups: true }).query).toEqual({
    directOnly: "false",
    status: "inactive",
    excludeGroups: "true",
  });
  expect(groupsPage(4, undefined)).toEqual({ collection: "groups", below: "4", query: {} });
});

describe("a listing of the organisation", () => {
  test.each([
    [0, undefined, "umapi-sync-start"],
    [0, 3, "umapi-sync-start"],
    [1, 3, undefined],
    [2, 3, "umapi-sync-end"],
    [2, undefined, undefined],
    [0, 1, "umapi-sync-start"],
  ])("marks page %i of %s with %s", (page, pages, pragma) => {
    expect(usersPage(page, pages, { directOnly: false }).pragma).toBe(pragma);
    expect(usersPage(page, pages, { domain: "example.com" }).pragma).toBe(pragma);
    expect(groupsPage(page, pages).pragma).toBe(pragma);
  });

  test("is not what lists the members of a group", () => {
    expect(membersPage(0, "g", {})).not.toHaveProperty("pragma");
  });
});
