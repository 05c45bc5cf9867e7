import { describe, expect, test } from "vitest";
import { checkCommand } from "../../../shared/umapi/check-command.ts";

const jane = "jane.roe@example.com";
const long = (length: number) => "n".repeat(length);
const create = { email: jane, firstname: "Jane", lastname: "Roe", country: "US" };
const onJane = (...steps: unknown[]) => ({ user: jane, do: steps });
const onDoe = (...steps: unknown[]) => ({ user: "jdoe", domain: "example.com", do: steps });
const onGroup = (...steps: unknown[]) => ({ usergroup: "Design", do: steps });

/** The faults as `pointer: detail`. */
function faults(value: unknown): string[] {
  const checked = checkCommand(value, "/0");
  return checked.ok ? [] : checked.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
}

describe("a create names its user", () => {
  test.each([
    ["without email", { addAdobeID: {} }, "addAdobeID/email: nothing"],
    [
      "without a first name",
      { createEnterpriseID: { email: jane, lastname: "Roe" } },
      "createEnterpriseID/firstname: nothing",
    ],
    [
      "without a country",
      { createFederatedID: { email: jane, firstname: "J", lastname: "R" } },
      "createFederatedID/country: nothing",
    ],
    [
      "with a blank last name",
      { createFederatedID: { ...create, lastname: " \u00a0" } },
      "createFederatedID/lastname: a blank string",
    ],
    [
      "with a long name",
      { createFederatedID: { ...create, firstname: long(251) } },
      "createFederatedID/firstname: a string of 251",
    ],
    [
      "with a small country",
      { createFederatedID: { ...create, country: "us" } },
      "createFederatedID/country: a string of 2",
    ],
    [
      "with a long country",
      { createFederatedID: { ...create, country: "USA" } },
      "createFederatedID/country: a string of 3",
    ],
    ["with an email of 61", { addAdobeID: { email: `${long(49)}@example.com` } }, "addAdobeID/email: a string of 61"],
    ["with an email of no domain", { addAdobeID: { email: "jane@example" } }, "addAdobeID/email: a string of 12"],
    ["with a space in the email", { addAdobeID: { email: "j r@example.com" } }, "addAdobeID/email: a string of 15"],
    ["with another option", { addAdobeID: { email: jane, option: "ignore" } }, "addAdobeID/option: a string of 6"],
    ["with null", { addAdobeID: { email: jane, firstname: null } }, "addAdobeID/firstname: null"],
    ["with an unknown key", { addAdobeID: { email: jane, username: "x" } }, "addAdobeID: an unknown key"],
    ["as a string", { addAdobeID: jane }, "addAdobeID: a string of 20 characters; expected an object"],
  ])("%s it is refused", (_, step, start) => {
    expect(faults(onJane(step))).toEqual([expect.toSatisfy((fault: string) => fault.startsWith(`/0/do/0/${start}`))]);
  });
});

describe("an update changes what can change", () => {
  test.each([
    ["nothing", {}, ": an empty object; expected at least one of email, username, firstname, lastname"],
    [
      "a country",
      { country: "US" },
      ": an unknown key; the keys known here are email, username, firstname, lastname: a country never changes, and option is for creates",
    ],
    ["an option", { lastname: "Roe", option: "updateIfAlreadyExists" }, /^: an unknown key; /],
    [
      "the letter case of the email",
      { email: "Jane.Roe@example.com" },
      "/email: the user's own email in other letter case, which Adobe never changes; leave email out",
    ],
    ["a blank username", { username: " " }, /^\/username: a blank string; /],
  ])("and not %s", (_, update, fault) => {
    const [first, ...more] = faults(onJane({ update }));
    expect(more).toEqual([]);
    expect(first?.replace("/0/do/0/update", "")).toEqual(
      typeof fault === "string" ? fault : expect.stringMatching(fault),
    );
  });

  test("and not the letter case of an email that the same command gave", () => {
    expect(faults(onDoe({ createFederatedID: create }, { update: { email: jane.toUpperCase() } }))).toHaveLength(1);
    expect(faults(onJane({ update: { email: "j@example.com" } }, { update: { email: "J@example.com" } }))).toHaveLength(
      1,
    );
  });
});

describe("memberships are lists of names", () => {
  test.each([
    ["of nothing", {}, /^: an empty object; expected at least one of group, product, productConfiguration$/],
    ["empty", { group: [] }, /^\/group: an empty list; /],
    ["a name alone", { group: "Design" }, /^\/group: a string of 6 characters; expected a list/],
    ["with a blank", { group: ["A", ""] }, /^\/group\/1: an empty string; /],
    ["with a number", { group: [7] }, /^\/group\/0: a number; /],
    ["with 256 characters", { group: [long(256)] }, /^\/group\/0: a string of 256 characters; /],
    ["with one twice", { group: ["Design", "B", "dESIGN"] }, /^\/group\/2: a name that stands earlier/],
    ...["_Org_Admin", "_compartment_admin", "_COMPARTMENT_VIEWER"].map((role): [string, object, RegExp] => [
      `with ${role}`,
      { group: ["Design", role] },
      /^\/group\/1: .* not _org_admin or _compartment_admin or _compartment_viewer, which UMAPI cannot change$/,
    ]),
    ["of users", { user: [jane] }, /^: an unknown key; /],
  ])("and not %s", (_, lists, fault) => {
    for (const name of ["add", "remove"]) {
      const [first, ...more] = faults(onJane({ [name]: lists }));
      expect(more).toEqual([]);
      expect(first?.replace(`/0/do/0/${name}`, "")).toMatch(fault);
    }
  });

  test("of which remove alone takes another word, and for users alone", () => {
    expect(faults(onJane({ remove: "none" }))).toEqual([
      '/0/do/0/remove: a string of 4 characters; expected an object with a list of names in group, or the string "all"',
    ]);
    expect(faults(onJane({ add: "all" }))).toHaveLength(1);
    expect(faults(onGroup({ remove: "all" }))).toHaveLength(1);
  });

  test("and of a group they are users and profiles, none twice", () => {
    expect(faults(onGroup({ add: { group: ["Design"] } }))).toHaveLength(1);
    expect(faults(onGroup({ add: { user: [jane, jane.toUpperCase()] } }))).toEqual([
      expect.stringMatching(/^\/0\/do\/0\/add\/user\/1: a name that stands earlier/),
    ]);
    expect(faults(onGroup({ remove: { user: ["jane@"] } }))).toHaveLength(1);
    expect(faults(onGroup({ add: {} }))).toEqual([
      "/0/do/0/add: an empty object; expected at least one of user, productConfiguration",
    ]);
  });
});

describe("steps of a group", () => {
  test.each([
    ["a name of Adobe's own", { updateUserGroup: { name: "_admin_x" } }],
    ["a new name of 256 characters", { createUserGroup: { name: long(256) } }],
    ["an update of nothing", { updateUserGroup: {} }],
    ["an update with option", { updateUserGroup: { name: "x", option: "ignoreIfAlreadyExists" } }],
    ["a deletion with fields", { deleteUserGroup: { name: "Design" } }],
    ["a step of users", { removeFromOrg: {} }],
  ])("are not %s", (_, step) => {
    expect(faults(onGroup(step))).toHaveLength(1);
  });
});
