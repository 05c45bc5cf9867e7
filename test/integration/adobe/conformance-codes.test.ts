import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adobeID, enterprise, federated, RunningSandbox } from "./running-sandbox.ts";

/** Every error code that Adobe documents for a command, and how it is to be had from the sandbox. */

const user = "ada@example.com";
const x = (length: number) => "x".repeat(length);
const on = (...steps: readonly unknown[]) => ({ user, do: steps });
const group = (...steps: readonly object[]) => ({ usergroup: "TestGroup1", do: steps });
const shared = (step: object) => ({ usergroup: "Agency Partners", do: [step] });
const add = { add: { group: ["TestGroup1"] } };
const create = (fields: object) => {
  const usual = { email: "new@example.com", firstname: "New", lastname: "Name", country: "US" };
  return { user: "new@example.com", do: [{ createFederatedID: { ...usual, ...fields } }] };
};

/** What draws the code from an organisation that has `user`, an Adobe ID and somebody else, without being asked to. */
const drawnBy: Readonly<Record<string, unknown>> = {
  "error.user.nonexistent": { ...on(add), user: "nobody@example.com" },
  "error.user.already_in_org": enterprise(user),
  "error.user.must_match_email": { ...create({}), user },
  "error.user.name.invalid": on({ update: { username: " " } }),
  "error.user.name_in_use": { user: "bob@example.com", do: [{ update: { username: user } }] },
  "error.user.email.invalid": create({ email: "new" }),
  "error.user.email.name_in_use": on({ update: { email: "bob@example.com" } }),
  "error.user.firstname_missing": create({ firstname: undefined }),
  "error.user.lastname_missing": create({ lastname: undefined }),
  "error.user.user_list.invalid": group({ add: { user: ["ada"] } }),
  "error.user.command.missing.arguments": on({ update: {} }),
  "error.update.no": on({ update: { email: "Ada@example.com" } }),
  "error.update.domain.mismatch": { user: "ray", domain: "example.org", do: [{ update: { firstname: "R" } }] },
  "error.update.username.no": on({ update: { username: "ada" } }),
  "error.update.country.no_update": on({ update: { country: "DE" } }),
  "error.update.adobeid.no": { user: "ida@example.net", do: [{ update: { firstname: "I" } }] },
  "error.country.invalid": create({ country: "us" }),
  "error.option.illegal": create({ option: "replace" }),
  "error.domain.trust.nonexistent": { ...create({ email: "new@example.org" }), user: "new@example.org" },
  "error.usergroup.already_exists": group({ createUserGroup: {} }),
  "error.usergroup.not_found": { ...group({ deleteUserGroup: {} }), usergroup: "Nowhere" },
  "error.usergroup.user_list.invalid": group({ remove: { user: [user] } }),
  "error.usergroup.command.missing.arguments": group({ add: {} }),
  "error.usergroup.readonly.update_not_allowed": shared({ updateUserGroup: { name: "Ours" } }),
  "error.usergroup.readonly.add_user_not_allowed": shared({ add: { user: [user] } }),
  "error.usergroup.readonly.remove_user_not_allowed": shared({ remove: { user: [user] } }),
  "error.usergroup.readonly.remove_not_allowed": shared({ deleteUserGroup: {} }),
  "error.group.not_found": on({ add: { group: ["Nowhere"] } }),
  "error.group.invalid_list": on({ add: { group: [] } }),
  "error.group.invalid_name": { usergroup: "_G", do: [{ createUserGroup: {} }] },
  "error.internal.create_failed": create({ lastname: " " }),
  "error.internal.update_failed": on({ update: { lastname: "" } }),
  "error.command.add_remove.list": on({ add: "all" }),
  "error.command.add_remove.duplicate.user_list": group({ add: { user: [user, user] } }),
  "error.command.add_remove.duplicate.product_list": on({ add: { productConfiguration: ["A", "A"] } }),
  "error.command.add_remove.duplicate.usergroup_list": on({ add: { group: ["A", "A"] } }),
  "error.command.add_remove.key.unknown": on({ add: { groups: ["A"] } }),
  "error.command.add_remove.missing_list": on({ add: {} }),
  "error.command.add_remove.list_too_long": on(...Array(11).fill(add)),
  "error.command.add_remove.list_not_array": on({ add: { group: "A" } }),
  "error.command.add_remove.group_or_product_name_too_long": on({ add: { group: [x(256)] } }),
  "error.command.boolean_expected": { ...on(add), useAdobeID: "true" },
  "error.command.string_expected": { ...on(add), requestID: 7 },
  "error.command.string.too_long": { ...on(add), requestID: x(251) },
  "error.command.create.object_expected": on({ createEnterpriseID: [] }),
  "error.command.create.string_expected": create({ firstname: 7 }),
  "error.command.create.more_than_one": { ...create({}), do: [...create({}).do, ...create({}).do] },
  "error.command.create.not_first": { ...create({}), do: [add, ...create({}).do] },
  "error.command.create.key.unknown": create({ nickname: "N" }),
  "error.command.update.option.no": on({ update: { option: "ignoreIfAlreadyExists" } }),
  "error.command.domain.missing": { ...on(add), user: "ray" },
  "error.command.domain.must_be_used_with_nonemail_username": { ...on(add), domain: "example.com" },
  "error.command.domain.string_expected": { user: "ray", domain: 7, do: [add] },
  "error.command.removefromorg.not_last": on({ removeFromOrg: {} }, add),
  "error.command.illegal_entry": on({ ...add, update: {} }),
  "error.command.step.unknown": on({ resetPassword: {} }),
  "error.command.object_not_empty": on({ removeFromOrg: { force: true } }),
  "error.command.malformed": null,
  "error.command.steps.malformed": { user, do: add },
  "error.command.user.missing": { ...on(add), user: "" },
  "error.command.user_usergroup.missing": { do: [add] },
};

/** Codes of reads and of whole requests, which other tests hold. */
const notOfCommands = ["error.user.not_found", "error.organization.invalid_id"];

/**
 * What one organisation with one claimed domain, no invitations and no directory of its own cannot bring about, and
 * Adobe's own trouble: to be had by a fault.
 */
const askedFor: Readonly<Record<string, string>> = {
  "error.user.": `not_in_org nonexistent_or_has_conflicting_parameters not_found_or_ambiguous already_invited
    already_exists name.contains.email id_missing type_must_not_be_adobeid type_unknown type_not_available type.missing
    type_mismatch belongs_to_another_org change_domain_update.no domain_enforcement update_failed
    productadmin.group.not_found productadmin.add.user.failed productadmin.remove.admin.failed`,
  "error.usergroup.": "update.failed exceeds_maximum_member_count",
  "error.group.": "remove_failed",
  "plc.": "not_found admin.group.not_found admin.already_added add.admin.error remove.admin.error",
  "error.productadmin.": "add.user.failed remove.admin.failed",
  "error.developer.": "add_user.failed remove_user.failed",
  "error.command.": `add_remove.duplicate.group_list add_remove.duplicate.productadmin_list
    add_remove.invalid.usergroup_list add_remove.user_usergroup.missing product.not_found`,
  "error.organization.": "invalid_name migrating",
  "error.apikey.": "invalid",
  "error.api.": "not_available user.not.parent.org",
  "error.throttled_by_external_service": "",
  "error.internal.": "removefromorg add group.remove exceptionflys everybody_group.not_found",
};
const faults = Object.entries(askedFor).flatMap(([prefix, names]) => names.split(/\s+/).map((name) => prefix + name));

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start({ users: 4 });
  await sandbox.act([
    enterprise(user),
    federated("bob@example.com"),
    { ...federated("ray@example.com"), user: "ray", domain: "example.com" },
    adobeID("ida@example.net"),
  ]);
});
afterAll(() => sandbox.close());

describe("an error code", () => {
  test.each(Object.entries(drawnBy))("%s is drawn by a command", async (errorCode, command) => {
    const { status, body } = await sandbox.act([command]);
    expect([status, body]).toEqual([200, expect.objectContaining({ completed: 0, notCompleted: 1 })]);
    expect(body).toMatchObject({ errors: [{ index: 0, errorCode, message: expect.stringMatching(/\S/) }] });
  });

  test.each(faults)("%s is had where it is asked for", async (errorCode) => {
    await sandbox.fault({ on: "action", command: { user }, errorCode });
    expect((await sandbox.act([on(add)])).body).toMatchObject({ errors: [{ index: 0, user, errorCode }] });
  });

  test("of Adobe's list is missing from neither", () => {
    const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
    const firstColumn = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = ""]) => cell.split("<br>"));
    const documented = firstColumn
      .map((code) => code.replaceAll("`", ""))
      .filter((code) => /^(error|plc)\./.test(code));
    const own = ["error.request.refused"];
    expect(new Set([...Object.keys(drawnBy), ...notOfCommands, ...faults, ...own])).toEqual(new Set(documented));
  });
});
