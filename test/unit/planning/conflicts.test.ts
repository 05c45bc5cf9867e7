import { describe, expect, test } from "vitest";
import { conflict, isUser, namesUser, touches } from "../../../shared/planning/conflicts.ts";
import type { Command, UserGroupStep, UserStep } from "../../../shared/umapi/command.ts";

const onUser = (user: string, ...steps: UserStep[]): Command => ({ user, do: steps });
const onGroup = (usergroup: string, ...steps: UserGroupStep[]): Command => ({ usergroup, do: steps });
const renameTo = (email: string): UserStep => ({ update: { email } });
const toGroup = (...group: string[]): UserStep => ({ add: { group } });
const touch: UserStep = { update: { firstname: "Ada" } };
const describeGroup: UserGroupStep = { updateUserGroup: { description: "All who draw" } };
const federated = (email: string): UserStep => ({
  createFederatedID: { email, firstname: "A", lastname: "B", country: "US" },
});

const conflicts = (one: Command, other: Command) => conflict(touches(one), touches(other));

describe("the order matters", () => {
  test.each<[string, Command, Command]>([
    ["between two commands on one user", onUser("a@x.com", touch), onUser("a@x.com", toGroup("P"))],
    ["whatever the letter case of the user", onUser("Ada@X.com", touch), onUser("aDA@x.COM", touch)],
    ["between two commands on one group", onGroup("P", describeGroup), onGroup("p", { deleteUserGroup: {} })],
    [
      "where a create names the email that is another's root",
      { user: "ada", domain: "x.com", do: [federated("a@x.com")] },
      onUser("a@x.com", touch),
    ],
    [
      "where a rename gives the name of another's root",
      onUser("a@x.com", renameTo("B@x.com")),
      onUser("b@X.com", touch),
    ],
    ["where a user is renamed away from the root", onUser("a@x.com", renameTo("b@x.com")), onUser("a@x.com", touch)],
    ["where two renames give one name", onUser("a@x.com", renameTo("c@x.com")), onUser("b@x.com", renameTo("C@x.com"))],
    [
      "where a username is given to one and is another's root",
      { user: "ada", domain: "x.com", do: [{ update: { username: "Bea" } }] },
      { user: "bea", domain: "x.com", do: [touch] },
    ],
    ["where a group takes in the user", onGroup("P", { add: { user: ["A@x.com"] } }), onUser("a@x.com", touch)],
    ["where a group lets the user go", onGroup("P", { remove: { user: ["a@x.com"] } }), onUser("a@x.com", touch)],
    [
      "where two groups take in one user",
      onGroup("P", { add: { user: ["a@x.com"] } }),
      onGroup("Q", { remove: { user: ["b@x.com", "A@X.com"] } }),
    ],
    ["where a user joins a group that is made", onGroup("P", { createUserGroup: {} }), onUser("a@x.com", toGroup("p"))],
    [
      "where a user joins a group that ends",
      onGroup("P", { deleteUserGroup: {} }),
      onUser("a@x.com", toGroup("Q", "P")),
    ],
    [
      "where a user leaves a group by its name before a rename",
      onGroup("P", { updateUserGroup: { name: "Q" } }),
      onUser("a@x.com", { remove: { group: ["P"] } }),
    ],
    [
      "where a user joins a group by its name after a rename",
      onGroup("P", { updateUserGroup: { name: "Q" } }),
      onUser("a@x.com", toGroup("q")),
    ],
    [
      "where the members of a group change while a user joins it",
      onGroup("P", { add: { user: ["b@x.com"] } }),
      onUser("a@x.com", toGroup("P")),
    ],
    ...["_admin_", "_developer_", "_product_admin_", "_ADMIN_"].map((prefix): [string, Command, Command] => [
      `where a user joins ${prefix}P and P is changed`,
      onUser("a@x.com", toGroup(`${prefix}P`)),
      onGroup("p", describeGroup),
    ]),
    [
      "where a user joins a group of such a name and that is changed",
      onUser("a@x.com", toGroup("_admin_P")),
      onGroup("_ADMIN_P", describeGroup),
    ],
    [
      "where a profile is given to a group whose name another group takes",
      onGroup("P", { add: { productConfiguration: ["Photoshop"] } }),
      onGroup("Q", { updateUserGroup: { name: "photoshop" } }),
    ],
    [
      "where a user gets a profile by its older key",
      onUser("a@x.com", { add: { product: ["P"] } }),
      onGroup("P", describeGroup),
    ],
    [
      "in the last of many steps",
      onUser("a@x.com", touch, touch, toGroup("Q"), toGroup("P")),
      onGroup("P", describeGroup),
    ],
  ])("%s", (_, one, other) => {
    expect(conflicts(one, other)).toBe(true);
    expect(conflicts(other, one)).toBe(true);
  });
});

describe("the order does not matter", () => {
  test.each<[string, Command, Command]>([
    ["between two users", onUser("a@x.com", touch), onUser("b@x.com", touch)],
    ["between two users who join one group", onUser("a@x.com", toGroup("P")), onUser("b@x.com", toGroup("P"))],
    [
      "between two users of whom one joins and one leaves a group",
      onUser("a@x.com", toGroup("P")),
      onUser("b@x.com", { remove: { group: ["P"] } }),
    ],
    [
      "between a member and an administrator of one group",
      onUser("a@x.com", toGroup("_admin_P")),
      onUser("b@x.com", toGroup("P")),
    ],
    [
      "between two groups that get one profile",
      onGroup("P", { add: { productConfiguration: ["Photoshop"] } }),
      onGroup("Q", { add: { productConfiguration: ["Photoshop"] } }),
    ],
    [
      "between a user and a group of the same name",
      { user: "print", domain: "x.com", do: [touch] },
      onGroup("print", describeGroup),
    ],
    ["where one name only starts with the other", onUser("a@x.com", toGroup("Print")), onGroup("Pri", describeGroup)],
    [
      "where a group's name has the words in its middle",
      onUser("a@x.com", toGroup("x_admin_P")),
      onGroup("xP", describeGroup),
    ],
    ["where a user leaves everything", onUser("a@x.com", { remove: "all" }), onGroup("P", describeGroup)],
  ])("%s", (_, one, other) => {
    expect(conflicts(one, other)).toBe(false);
    expect(conflicts(other, one)).toBe(false);
  });
});

test.each<[string, boolean]>([
  ["A@x.com", true],
  ["b@X.com", true],
  ["P", false],
  ["c@x.com", false],
])("A command that renames a@x.com to b@x.com and adds a group names %s: %s", (user, expected) => {
  expect(namesUser(onUser("a@x.com", renameTo("b@x.com"), toGroup("P")), user)).toBe(expected);
});

test("Of the names that a command touches, those of users are told from those of groups", () => {
  const { writes, reads } = touches({ usergroup: "User:", do: [{ add: { user: ["ada@x.com", "user:"] } }] });
  expect([...writes].filter(isUser)).toEqual([
    ...touches({ user: "ada@x.com", do: [] }).writes,
    ...touches({ user: "user:", do: [] }).writes,
  ]);
  expect([...writes].filter((name) => !isUser(name))).toHaveLength(1);
  expect([...reads].some(isUser)).toBe(false);
});
