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

describe("a lawful command is taken as it is", () => {
  test.each<[string, unknown]>([
    ["an Adobe ID with no more than an email", onJane({ addAdobeID: { email: jane } })],
    [
      "an Enterprise ID without a country",
      onJane({ createEnterpriseID: { email: jane, firstname: "J", lastname: "R" } }),
    ],
    ["a Federated ID", onJane({ createFederatedID: { ...create, option: "updateIfAlreadyExists" } })],
    ["a Federated ID by username", onDoe({ createFederatedID: create })],
    [
      "names of 250 characters",
      onJane({ createFederatedID: { ...create, firstname: long(250), lastname: long(250) } }),
    ],
    ["an email of 60 characters", onJane({ update: { email: `${long(48)}@example.com` } })],
    ["a rename to an email as username", onJane({ update: { username: "jane@example.org" } })],
    ["the user's own email unchanged", onJane({ update: { email: jane, lastname: "Doe" } })],
    [
      "more than ten steps and memberships",
      onJane(...Array(11).fill({ add: { group: Array.from({ length: 30 }, (_, n) => `G${n}`) } })),
    ],
    ["admin groups", onJane({ add: { group: ["_support_admin", "_admin_Design", "_developer_Photoshop"] } })],
    ["the older name of a list", onJane({ remove: { product: ["Photoshop"], productConfiguration: ["Photoshop"] } })],
    ["removal of everything", onJane({ remove: "all" })],
    ["a leaver", onJane({ remove: "all" }, { removeFromOrg: {} })],
    ["a leaver whose account goes", onJane({ removeFromOrg: { deleteAccount: true } })],
    ["every mark of a command", { ...onJane({ remove: "all" }), useAdobeID: true, requestID: "" }],
    ["a requestID of 250 characters", { ...onJane({ remove: "all" }), requestID: long(250) }],
    [
      "a new group",
      onGroup({ createUserGroup: {} }, { add: { user: [jane, "jdoe"], productConfiguration: ["Photoshop"] } }),
    ],
    ["a group by its name twice", onGroup({ createUserGroup: { name: "Design", option: "ignoreIfAlreadyExists" } })],
    ["a description cleared", onGroup({ updateUserGroup: { description: "" } })],
    ["a description of two lines", onGroup({ updateUserGroup: { description: "All\nwho draw" } })],
    ["the end of a group", onGroup({ remove: { user: [jane] } }, { deleteUserGroup: {} })],
    ["a group of 255 characters", { usergroup: long(255), do: [{ createUserGroup: {} }] }],
    ["names of any script", onJane({ update: { firstname: "李 🎈", lastname: "Ó'Neill-Müller" } })],
  ])("%s", (_, command) => {
    expect(checkCommand(command)).toEqual({ ok: true, command });
  });
});

describe("a command has one root", () => {
  test.each([
    ["nothing", undefined, "/0: nothing; expected a command, an object with user or usergroup, and do"],
    ["a list", [], "/0: an empty list; expected a command, an object with user or usergroup, and do"],
    ["none", { do: [] }, "/0: an object with one key; expected a command, an object with user or usergroup, and do"],
    ["two", { ...onJane(), ...onGroup() }, "/0: both user and usergroup; expected one of them"],
    ["a number", { user: 7, do: [{ remove: "all" }] }, /^\/0\/user: a number; expected an email/],
    ["a blank", { ...onDoe({ remove: "all" }), user: " " }, /^\/0\/user: a blank string/],
    ["an email of two", { user: "a@b.c@d.e", do: [{ remove: "all" }] }, /^\/0\/user: a string of 9 characters/],
    ["251 characters", { ...onDoe({ remove: "all" }), user: long(251) }, /^\/0\/user: a string of 251 characters/],
    ["a group of 256", { usergroup: long(256), do: [{ deleteUserGroup: {} }] }, /^\/0\/usergroup: .* 1 to 255/],
    ["a new group of Adobe's", { usergroup: "_x", do: [{ createUserGroup: {} }] }, /^\/0\/usergroup: .* starts with _/],
    ["useAdobeID of a group", { ...onGroup({ deleteUserGroup: {} }), useAdobeID: true }, /^\/0: .* are for users$/],
    ["useAdobeID as a word", { ...onJane({ remove: "all" }), useAdobeID: "true" }, /^\/0\/useAdobeID: a string of 4/],
    ["a number as requestID", { ...onJane({ remove: "all" }), requestID: 5 }, /^\/0\/requestID: a number/],
    ["a long requestID", { ...onJane({ remove: "all" }), requestID: long(251) }, /^\/0\/requestID: a string of 251/],
    ["no steps", { user: jane }, "/0/do: nothing; expected a list of at least one step"],
    ["an empty do", onJane(), "/0/do: an empty list; expected a list of at least one step"],
    ["an object as do", { user: jane, do: { remove: "all" } }, /^\/0\/do: an object with one key/],
  ])("and not %s", (_, command, fault) => {
    expect(faults(command)).toEqual([typeof fault === "string" ? fault : expect.stringMatching(fault)]);
  });
});

describe("a domain stands beside a username, and only there", () => {
  test.each([
    ["missing", { user: "jdoe", do: [{ remove: "all" }] }, /^\/0\/domain: nothing, beside a user that is not an email/],
    ["beside an email", { ...onJane({ remove: "all" }), domain: "example.com" }, /^\/0\/domain: .* leave domain out$/],
    [
      "no domain",
      { ...onDoe({ remove: "all" }), domain: "example" },
      /^\/0\/domain: a string of 7 characters, with no dot in its domain; expected/,
    ],
    ["null", { ...onDoe({ remove: "all" }), domain: null }, /^\/0\/domain: null; expected a domain/],
    ["too long", { ...onDoe({ remove: "all" }), domain: `${long(247)}.com` }, /^\/0\/domain: a string of 251/],
  ])("%s", (_, command, fault) => {
    expect(faults(command)).toEqual([expect.stringMatching(fault)]);
  });

  test("and of the creates a username takes createFederatedID alone", () => {
    expect(faults(onDoe({ addAdobeID: { email: jane } }))).toEqual([
      "/0/do/0/addAdobeID: addAdobeID for a username; expected createFederatedID, or an email in user",
    ]);
  });
});

describe("each entry of do is one known step", () => {
  test.each([
    ["null", null, /^\/0\/do\/0: null; expected a step/],
    ["no key", {}, /^\/0\/do\/0: an empty object; expected a step, an object with exactly one of the keys/],
    ["two keys", { remove: "all", removeFromOrg: {} }, /^\/0\/do\/0: an object with 2 keys; expected a step/],
    ["an unknown key", { addRoles: {} }, /^\/0\/do\/0: an unknown key; the keys known here are addAdobeID/],
    ["a known and an unknown key", { remove: "all", x: 1 }, /^\/0\/do\/0: an unknown key; /],
    ["a key in other letters", { Add: {} }, /^\/0\/do\/0: an unknown key \(perhaps add in other letters\)/],
    ["a step of groups", { createUserGroup: {} }, /^\/0\/do\/0: an unknown key; /],
    ["the prototype", JSON.parse('{"__proto__":{"remove":"all"}}'), /^\/0\/do\/0: an unknown key; /],
    ["something inherited", { toString: {} }, /^\/0\/do\/0: an unknown key; /],
  ])("and not %s", (_, step, fault) => {
    expect(faults(onJane(step))).toEqual([expect.stringMatching(fault)]);
  });
});

describe("steps stand in a lawful order", () => {
  const step = { remove: "all" };
  const adds = { addAdobeID: { email: jane } };
  test.each([
    [
      "a late create",
      onJane(step, adds),
      ["/0/do/1/addAdobeID: addAdobeID after other steps; expected it as the first step of the command"],
    ],
    [
      "a second create",
      onJane(adds, { createFederatedID: create }),
      [
        "/0/do/1/createFederatedID: createFederatedID after another create; expected one create in a command, as its first step",
      ],
    ],
    [
      "an early end",
      onJane({ removeFromOrg: {} }, step),
      ["/0/do/0/removeFromOrg: removeFromOrg before other steps; expected it as the last step of the command, once"],
    ],
    [
      "two ends",
      onJane({ removeFromOrg: {} }, { removeFromOrg: {} }),
      ["/0/do/0/removeFromOrg: removeFromOrg before other steps; expected it as the last step of the command, once"],
    ],
    [
      "a late new group",
      onGroup({ add: { user: [jane] } }, { createUserGroup: {} }),
      [expect.stringContaining("/0/do/1/createUserGroup: ")],
    ],
    [
      "work on a deleted group",
      onGroup({ deleteUserGroup: {} }, { add: { user: [jane] } }),
      [expect.stringContaining("/0/do/0/deleteUserGroup: ")],
    ],
  ])("and not with %s", (_, command, expected) => {
    expect(faults(command)).toEqual(expected);
  });
});

describe("text reaches Adobe as it was submitted", () => {
  test.each([
    ["NUL", "a\u0000b", "U+0000 null"],
    ["a line break", "a\nb", "U+000A line feed"],
    ["an escape of C1", "a\u0085b", "U+0085 control character"],
    ["half a surrogate pair", "a\ud83cb", "U+D83C half of a surrogate pair"],
    ["a noncharacter that SQS refuses", "a\uffffb", "U+FFFF noncharacter"],
    ["U+FFFD", "a\ufffdb", "U+FFFD replacement character (it was not UTF-8)"],
  ])("so a name with %s is refused", (_, lastname, name) => {
    expect(faults(onJane({ update: { lastname } }))).toEqual([
      `/0/do/0/update/lastname: a string of 3 characters, with ${name} at position 2; expected a name of 1 to 250 characters, not blank`,
    ]);
    expect(faults({ ...onJane({ remove: "all" }), requestID: lastname })).toHaveLength(1);
    expect(faults(onJane({ add: { group: [lastname] } }))).toHaveLength(1);
  });

  test("and a description with NUL", () => {
    expect(faults(onGroup({ updateUserGroup: { description: "\u0000" } }))).toHaveLength(1);
  });
});

test("All faults are reported at once", () => {
  const command = {
    user: jane,
    domain: 5,
    more: 1,
    do: [{ remove: 1 }, { createFederatedID: { email: 1, country: "us", firstname: "", lastname: "x", x: 1 } }, {}],
  };
  expect(faults(command).map((fault) => fault.split(":")[0])).toEqual([
    "/0/domain",
    "/0/do/0/remove",
    "/0/do/1/createFederatedID/email",
    "/0/do/1/createFederatedID/firstname",
    "/0/do/1/createFederatedID/country",
    "/0/do/1/createFederatedID",
    "/0/do/2",
    "/0",
    "/0/domain",
    "/0/do/1/createFederatedID",
  ]);
});
