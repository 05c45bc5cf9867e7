import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adobeID, enterprise, RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
  await sandbox.act([enterprise("ada@example.com"), adobeID("ida@example.com")]);
});
afterAll(() => sandbox.close());

const user = "ada@example.com";
const x = (length: number) => "x".repeat(length);
const many = (count: number) => Array.from({ length: count }, (_, n) => `Group ${n}`);
const emails = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.com`);
const step = (name: string, value: unknown) => ({ user, do: [{ [name]: value }] });
const groupStep = (name: string, value: unknown) => ({ usergroup: "TestGroup1", do: [{ [name]: value }] });
const names = { firstname: "New", lastname: "Name" };
const create = (fields: object, kind = "createEnterpriseID") => ({
  user: "new@example.com",
  do: [{ [kind]: { email: "new@example.com", ...names, country: "US", ...fields } }],
});
const add = { add: { group: ["TestGroup1"] } };

type Row = readonly [rule: string, command: unknown, code: string, step?: number];

/** A step of -1 stands for none: the fault is in the command as a whole. */
async function expectRefused([, command, errorCode, step = -1]: Row): Promise<void> {
  const { status, body } = await sandbox.act([command]);
  expect(status).toBe(200);
  expect(body).toEqual({
    result: "error",
    completed: 0,
    notCompleted: 1,
    completedInTestMode: 0,
    errors: expect.any(Array),
  });
  expect(body).toMatchObject({ errors: [{ index: 0, errorCode, message: expect.any(String) }] });
  if (step < 0) expect(body).not.toHaveProperty("errors.0.step");
  else expect(body).toHaveProperty("errors.0.step", step);
}

function table(rows: readonly Row[]): void {
  for (const row of rows) test(row[0], () => expectRefused(row));
}

describe("the command as a whole", () => {
  table([
    ["must be an object", "nonsense", "error.command.malformed"],
    ["must have a root", { do: [add] }, "error.command.user_usergroup.missing"],
    ["has one root only", { user, usergroup: "TestGroup1", do: [add] }, "error.command.illegal_entry"],
    ["has no unknown keys", { user, do: [add], colour: "red" }, "error.command.illegal_entry"],
    ["names a user by a string", { user: 7, do: [add] }, "error.command.string_expected"],
    ["names somebody", { user: "", do: [add] }, "error.command.user.missing"],
    ["names a user in 250 characters", { user: `${x(239)}@example.com`, do: [add] }, "error.command.string.too_long"],
    ["has a string for requestID", { user, requestID: 7, do: [add] }, "error.command.string_expected"],
    ["has a requestID of 250 characters", { user, requestID: x(251), do: [add] }, "error.command.string.too_long"],
    ["has a boolean for useAdobeID", { user, useAdobeID: "true", do: [add] }, "error.command.boolean_expected"],
    ["has a string for domain", { user: "ada", domain: 7, do: [add] }, "error.command.domain.string_expected"],
    ["has a domain of 250 characters", { user: "ada", domain: x(251), do: [add] }, "error.command.string.too_long"],
    ["needs a domain for a username", { user: "ada", do: [add] }, "error.command.domain.missing"],
    [
      "forbids a domain beside an email",
      { user, domain: "example.com", do: [add] },
      "error.command.domain.must_be_used_with_nonemail_username",
    ],
    [
      "forbids a domain beside a user group",
      { usergroup: "TestGroup1", domain: "example.com", do: [{ updateUserGroup: { description: "d" } }] },
      "error.command.domain.must_be_used_with_nonemail_username",
    ],
    ["has a domain that is not blank", { user: "ada", domain: " ", do: [add] }, "error.command.domain.missing"],
    ["names a user group", { usergroup: " ", do: [{ deleteUserGroup: {} }] }, "error.command.user_usergroup.missing"],
    [
      "has no useAdobeID for a user group",
      { usergroup: "TestGroup1", useAdobeID: true, do: [{ deleteUserGroup: {} }] },
      "error.command.illegal_entry",
    ],
    ["has steps", { user }, "error.command.steps.malformed"],
    ["has a list of steps", { user, do: add }, "error.command.steps.malformed"],
    ["has at least one step", { user, do: [] }, "error.command.steps.malformed"],
    ["has ten steps at most", { user, do: Array(11).fill(add) }, "error.command.add_remove.list_too_long"],
    ["has objects for steps", { user, do: [add, "add"] }, "error.command.illegal_entry", 1],
    ["has one key per step", { user, do: [{ ...add, update: names }] }, "error.command.illegal_entry", 0],
    ["has known steps", { user, do: [add, { rename: {} }] }, "error.command.step.unknown", 1],
    [
      "has no step of JavaScript's own",
      { user, do: [{ constructor: create({}).do[0] }] },
      "error.command.step.unknown",
      0,
    ],
    ["has no group steps for a user", step("createUserGroup", {}), "error.command.step.unknown", 0],
    ["has no user steps for a group", groupStep("removeFromOrg", {}), "error.command.step.unknown", 0],
  ]);
});

describe("a create", () => {
  table([
    ["is an object", step("createEnterpriseID", "x"), "error.command.create.object_expected", 0],
    ["has no unknown keys", create({ nickname: "N" }), "error.command.create.key.unknown", 0],
    ["has strings", create({ firstname: 7 }), "error.command.create.string_expected", 0],
    ["has an email", create({ email: undefined }), "error.user.email.invalid", 0],
    ["has a well-formed email", create({ email: "new@example" }), "error.user.email.invalid", 0],
    ["has an email of 60 characters", create({ email: `${x(49)}@example.com` }), "error.user.email.invalid", 0],
    ["has a first name for an enterprise ID", create({ firstname: undefined }), "error.user.firstname_missing", 0],
    [
      "has a last name for a federated ID",
      create({ lastname: undefined }, "createFederatedID"),
      "error.user.lastname_missing",
      0,
    ],
    [
      "has a country for a federated ID",
      create({ country: undefined }, "createFederatedID"),
      "error.country.invalid",
      0,
    ],
    ["has names of 250 characters", create({ lastname: x(251) }), "error.command.string.too_long", 0],
    ["has a last name that is not blank", create({ lastname: " " }), "error.internal.create_failed", 0],
    [
      "updates nobody to a blank name",
      { ...create({ email: user, lastname: " ", option: "updateIfAlreadyExists" }), user },
      "error.internal.update_failed",
      0,
    ],
    ["has two letters for a country", create({ country: "USA" }), "error.command.string.too_long", 0],
    ["has upper-case letters for a country", create({ country: "us" }), "error.country.invalid", 0],
    ["has a country that exists", create({ country: "ZZ" }), "error.country.invalid", 0],
    ["has a country by its code, not by a reserved one", create({ country: "UK" }), "error.country.invalid", 0],
    ["has a country that still exists", create({ country: "YU" }), "error.country.invalid", 0],
    ["has a known option", create({ option: "replace" }), "error.option.illegal", 0],
    ["is about the root", { ...create({}), user }, "error.user.must_match_email", 0],
    [
      "takes a username for federated IDs only",
      { ...create({}), user: "new", domain: "example.com" },
      "error.user.must_match_email",
      0,
    ],
    ["is the first step", { ...create({}), do: [add, ...create({}).do] }, "error.command.create.not_first", 1],
    [
      "comes once",
      { ...create({}), do: [...create({}).do, ...create({}).do] },
      "error.command.create.more_than_one",
      1,
    ],
  ]);
});

describe("an update", () => {
  table([
    ["is an object", step("update", "x"), "error.command.create.object_expected", 0],
    [
      "has no option",
      step("update", { ...names, option: "ignoreIfAlreadyExists" }),
      "error.command.update.option.no",
      0,
    ],
    ["never changes the country", step("update", { country: "DE" }), "error.update.country.no_update", 0],
    ["has no unknown keys", step("update", { nickname: "N" }), "error.command.create.key.unknown", 0],
    ["changes something", step("update", {}), "error.user.command.missing.arguments", 0],
    ["has strings", step("update", { firstname: null }), "error.command.create.string_expected", 0],
    ["has names of 250 characters", step("update", { firstname: x(251) }), "error.command.string.too_long", 0],
    ["has a well-formed email", step("update", { email: "ada" }), "error.user.email.invalid", 0],
    ["has a username that is not blank", step("update", { username: " " }), "error.user.name.invalid", 0],
    ["has a last name that is not blank", step("update", { lastname: "" }), "error.internal.update_failed", 0],
    ["is not for Adobe IDs", { ...step("update", names), user: "ida@example.com" }, "error.update.adobeid.no", 0],
    ["names a username for federated IDs only", step("update", { username: "ada" }), "error.update.username.no", 0],
    ["keeps the letter case of an email", step("update", { email: "Ada@example.com" }), "error.update.no", 0],
    ["stays in claimed domains", step("update", { email: "ada@example.org" }), "error.domain.trust.nonexistent", 0],
  ]);
});

describe("an add or a remove", () => {
  table([
    ["is an object", step("add", ["TestGroup1"]), "error.command.add_remove.list", 0],
    ["adds no 'all'", step("add", "all"), "error.command.add_remove.list", 0],
    ["removes no other word than 'all'", step("remove", "everything"), "error.command.add_remove.list", 0],
    ["has no unknown keys", step("add", { groups: ["TestGroup1"] }), "error.command.add_remove.key.unknown", 0],
    ["has a list", step("add", {}), "error.command.add_remove.missing_list", 0],
    ["has an array for a list", step("add", { group: "TestGroup1" }), "error.command.add_remove.list_not_array", 0],
    ["has no empty list", step("add", { group: [] }), "error.group.invalid_list", 0],
    ["has no null in a list", step("add", { group: [null] }), "error.group.invalid_list", 0],
    ["has ten groups at most", step("remove", { group: many(11) }), "error.command.add_remove.list_too_long", 0],
    [
      "names no group twice",
      step("add", { group: ["A", "a"] }),
      "error.command.add_remove.duplicate.usergroup_list",
      0,
    ],
    [
      "names no product twice",
      step("add", { product: ["A", "A"] }),
      "error.command.add_remove.duplicate.product_list",
      0,
    ],
    ["has short names", step("add", { group: [x(256)] }), "error.command.add_remove.group_or_product_name_too_long", 0],
    ...["add", "remove"].flatMap((kind) =>
      ["_org_admin", "_Compartment_Admin", "_compartment_viewer"].map(
        (role): Row => [
          `of ${role} is none (${kind})`,
          step(kind, { group: ["TestGroup1", role] }),
          "error.command.illegal_entry",
          0,
        ],
      ),
    ),
    ["needs groups that exist", step("remove", { group: ["TestGroup1", "Nowhere"] }), "error.group.not_found", 0],
  ]);
});

describe("a removal from the organisation", () => {
  table([
    ["is an object", step("removeFromOrg", true), "error.command.object_not_empty", 0],
    ["has no unknown keys", step("removeFromOrg", { force: true }), "error.command.object_not_empty", 0],
    ["has a boolean", step("removeFromOrg", { deleteAccount: "true" }), "error.command.boolean_expected", 0],
    ["is the last step", { user, do: [{ removeFromOrg: {} }, add] }, "error.command.removefromorg.not_last", 0],
  ]);
});

describe("a step on a user group", () => {
  const usergroup = "TestGroup1";
  table([
    [
      "creates first",
      { usergroup, do: [{ updateUserGroup: { description: "" } }, { createUserGroup: {} }] },
      "error.command.create.not_first",
      1,
    ],
    [
      "creates once",
      { usergroup: "G", do: [{ createUserGroup: {} }, { createUserGroup: {} }] },
      "error.command.create.more_than_one",
      1,
    ],
    ["creates with an object", groupStep("createUserGroup", []), "error.command.create.object_expected", 0],
    ["creates with known keys", groupStep("createUserGroup", { colour: "red" }), "error.command.create.key.unknown", 0],
    ["creates with a known option", groupStep("createUserGroup", { option: "x" }), "error.option.illegal", 0],
    [
      "creates no name with a leading underscore",
      { usergroup: "_G", do: [{ createUserGroup: {} }] },
      "error.group.invalid_name",
      0,
    ],
    [
      "creates with a lawful name, though the root's counts",
      { usergroup: "G", do: [{ createUserGroup: { name: "_G" } }] },
      "error.group.invalid_name",
      0,
    ],
    ["gives a name that is not blank", groupStep("updateUserGroup", { name: " " }), "error.group.invalid_name", 0],
    [
      "has a root of 255 characters",
      { usergroup: x(256), do: [{ createUserGroup: {} }] },
      "error.command.string.too_long",
    ],
    ["creates only what is not there", groupStep("createUserGroup", {}), "error.usergroup.already_exists", 0],
    [
      "takes no profile for a group that exists",
      { usergroup: "Creative Cloud 1", do: [{ createUserGroup: { option: "ignoreIfAlreadyExists" } }] },
      "error.usergroup.already_exists",
      0,
    ],
    ["updates something", groupStep("updateUserGroup", {}), "error.usergroup.command.missing.arguments", 0],
    ["updates without an option", groupStep("updateUserGroup", { option: "x" }), "error.command.update.option.no", 0],
    [
      "gives no name with a leading underscore",
      groupStep("updateUserGroup", { name: "_G" }),
      "error.group.invalid_name",
      0,
    ],
    [
      "gives no name that is taken",
      groupStep("updateUserGroup", { name: "Creative Cloud 1" }),
      "error.usergroup.already_exists",
      0,
    ],
    ["deletes without fields", groupStep("deleteUserGroup", { force: true }), "error.command.object_not_empty", 0],
    [
      "deletes last",
      { usergroup, do: [{ deleteUserGroup: {} }, { add: { user: [user] } }] },
      "error.command.illegal_entry",
      0,
    ],
    ["adds an object", groupStep("add", "all"), "error.command.add_remove.list", 0],
    ["adds by known keys", groupStep("add", { group: ["A"] }), "error.command.add_remove.key.unknown", 0],
    ["adds something", groupStep("add", {}), "error.usergroup.command.missing.arguments", 0],
    ["adds users by email", groupStep("add", { user: ["ada"] }), "error.user.user_list.invalid", 0],
    [
      "adds users of 250 characters",
      groupStep("add", { user: [`${x(300)}@example.com`] }),
      "error.user.user_list.invalid",
      0,
    ],
    [
      "adds no user twice",
      groupStep("add", { user: [user, "ADA@example.com"] }),
      "error.command.add_remove.duplicate.user_list",
      0,
    ],
    [
      "adds ten at most, both lists together",
      groupStep("add", { user: emails(6), productConfiguration: many(5) }),
      "error.command.add_remove.list_too_long",
      0,
    ],
    ["adds users who exist", groupStep("add", { user: [user, "nobody@example.com"] }), "error.user.nonexistent", 0],
    [
      "adds profiles that exist",
      groupStep("add", { productConfiguration: ["TestGroup1"] }),
      "error.group.not_found",
      0,
    ],
    ["removes only members", groupStep("remove", { user: [user] }), "error.usergroup.user_list.invalid", 0],
    [
      "needs a group that exists",
      { usergroup: "Nowhere", do: [{ deleteUserGroup: {} }] },
      "error.usergroup.not_found",
      0,
    ],
    [
      "is not for profiles",
      { usergroup: "Creative Cloud 1", do: [{ add: { user: [user] } }] },
      "error.usergroup.not_found",
      0,
    ],
  ]);
});

test("no refused command has changed anything", async () => {
  expect(await sandbox.look("users")).toMatchObject([
    { email: expect.stringMatching(/^(ada|ida)@example\.com$/), groups: [] },
    { email: expect.stringMatching(/^(ada|ida)@example\.com$/), groups: [] },
  ]);
});

test("what is exactly as long as allowed passes", async () => {
  const email = `${x(48)}@example.com`;
  const steps = [
    { createEnterpriseID: { email, firstname: x(250), lastname: x(250), country: "DE" } },
    ...Array(9).fill(add),
  ];
  expect((await sandbox.act([{ user: email, requestID: x(250), do: steps }])).body).toMatchObject({
    result: "success",
  });
  const group = { usergroup: x(255), do: [{ createUserGroup: {} }] };
  expect((await sandbox.act([group])).body).toMatchObject({ result: "success" });
});
