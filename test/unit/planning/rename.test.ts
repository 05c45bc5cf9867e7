import { describe, expect, test } from "vitest";
import { renames, rootAfter, userNameAfter } from "../../../shared/planning/rename.ts";
import type { UserCommand, UserGroupCommand } from "../../../shared/umapi/command.ts";

const byEmail: UserCommand = { user: "jane@example.com", do: [] };
const byUsername: UserCommand = { user: "jdoe", domain: "example.com", do: [] };
const group: UserGroupCommand = { usergroup: "P", do: [] };

describe("a step renames its root", () => {
  test.each([
    ["by an email", byEmail, { update: { email: "roe@example.com" } }],
    ["by a username", byUsername, { update: { username: "roe" } }],
    ["by a group's name", group, { updateUserGroup: { name: "Q" } }],
  ])("%s", (_, root, step) => {
    expect(renames(root, step)).toBe(true);
  });

  test.each([
    ["a first name", byEmail, { update: { firstname: "J" } }],
    ["a description", group, { updateUserGroup: { description: "" } }],
    ["a create", group, { createUserGroup: { name: "Q" } }],
    ["an end", group, { deleteUserGroup: {} }],
    ["a membership", byEmail, { remove: "all" as const }],
  ])("not by %s", (_, root, step) => {
    expect(renames(root, step)).toBe(false);
  });
});

describe("the name afterwards", () => {
  test("is the email of a user known by email, and the username of one known by username", () => {
    const update = { update: { email: "roe@example.com", username: "roe" } };
    expect(userNameAfter(byEmail, update)).toEqual({ user: "roe@example.com" });
    expect(userNameAfter(byUsername, update)).toEqual({ user: "roe", domain: "example.com" });
  });

  test("is unchanged where the update is of the other name, or none", () => {
    expect(userNameAfter(byEmail, { update: { username: "roe" } })).toBeUndefined();
    expect(userNameAfter(byUsername, { update: { email: "roe@example.com" } })).toBeUndefined();
    expect(userNameAfter(byEmail, { remove: "all" })).toBeUndefined();
    expect(userNameAfter(group, { updateUserGroup: { name: "Q" } })).toBeUndefined();
  });

  test("is the last of several", () => {
    const steps = ["b@example.com", "c@example.com"].map((email) => ({ update: { email } }));
    expect(rootAfter(byEmail, steps)).toEqual({ ...byEmail, user: "c@example.com" });
    expect(rootAfter(group, [{ updateUserGroup: { name: "Q" } }, { updateUserGroup: { description: "" } }])).toEqual({
      ...group,
      usergroup: "Q",
    });
  });
});
