/** What an error code of Adobe's means for its operation. Source: UMAPI docs, error conditions. */
export interface CodeRule {
  readonly meaning: FirstMeaning;
  /** If the message matches this, the code is permanent all the same. */
  readonly permanentIf?: RegExp;
  /**
   * On a repeat of a send that may have been applied: if one of these fits, it has been. The first that fits counts.
   */
  readonly doneOnRepeatOf?: readonly Repeated[];
  /**
   * The code says that the root of the command is missing. Soon after its create that is Adobe's delay; users report
   * minutes.
   */
  readonly missing?: "user" | "usergroup";
}

/** What a code says about a command that was not sent before. */
export type FirstMeaning =
  /** The same step would fail again. */
  | "permanent"
  /** The same step may pass later. */
  | "transient"
  /** Adobe was too busy for this step. Nobody is charged. */
  | "throttled"
  /** More steps or list entries than Adobe takes in one command. */
  | "too-long";

/** The kind of step that, sent again, is done already if this code comes back. */
export interface Repeated {
  /**
   * `rename`: the failed step or a later one renames the root. `removal`: the operation ends with the removal of the
   * root.
   */
  readonly what: "create" | "add" | "rename" | "removal" | "any step";
  /** Only for commands on this kind of root; by default on both. */
  readonly on?: "user" | "usergroup";
}

const permanent: CodeRule = { meaning: "permanent" };
const transient: CodeRule = { meaning: "transient" };
/** Users report that internal errors about a field's rule or a forbidden action never pass. */
const internal: CodeRule = { meaning: "transient", permanentIf: /FIELD_|NOT_ALLOWED/ };

const done = (...doneOnRepeatOf: Repeated[]): CodeRule => ({ meaning: "permanent", doneOnRepeatOf });
const existingUser = done({ what: "create", on: "user" });
// After an applied rename the old name is unknown at every step, so a rename is tested for before a removal.
const missingRoot = (on: "user" | "usergroup"): CodeRule => ({
  ...done({ what: "rename", on }, { what: "removal", on }),
  missing: on,
});
const missingUser = missingRoot("user");
const missingGroup = missingRoot("usergroup");
/** By these codes the user may be missing, or there is another reason. */
const perhapsMissingUser: CodeRule = { meaning: "permanent", missing: "user" };

const rules = {
  "error.user.not_found": missingUser,
  "error.user.not_in_org": missingUser,
  "error.user.nonexistent": missingUser,
  "error.user.nonexistent_or_has_conflicting_parameters": perhapsMissingUser,
  "error.user.not_found_or_ambiguous": perhapsMissingUser,
  "error.user.already_in_org": existingUser,
  "error.user.already_invited": existingUser,
  "error.user.already_exists": done({ what: "add" }),
  "error.user.must_match_email": permanent,
  "error.user.name.invalid": permanent,
  "error.user.name.contains.email": permanent,
  "error.user.name_in_use": permanent,
  "error.user.email.invalid": permanent,
  "error.user.email.name_in_use": permanent,
  "error.user.id_missing": permanent,
  "error.user.firstname_missing": permanent,
  "error.user.lastname_missing": permanent,
  "error.user.user_list.invalid": permanent,
  "error.user.type_must_not_be_adobeid": permanent,
  "error.user.type_unknown": permanent,
  "error.user.type_not_available": permanent,
  "error.user.type.missing": permanent,
  "error.user.type_mismatch": permanent,
  "error.user.belongs_to_another_org": permanent,
  "error.user.change_domain_update.no": permanent,
  "error.user.domain_enforcement": permanent,
  "error.user.update_failed": transient,
  "error.user.command.missing.arguments": permanent,
  "error.user.productadmin.group.not_found": permanent,
  "error.user.productadmin.add.user.failed": permanent,
  "error.user.productadmin.remove.admin.failed": permanent,

  "error.update.no": permanent,
  "error.update.domain.mismatch": permanent,
  "error.update.username.no": permanent,
  "error.update.country.no_update": permanent,
  "error.update.adobeid.no": permanent,
  "error.country.invalid": permanent,
  "error.option.illegal": permanent,
  "error.domain.trust.nonexistent": permanent,

  "error.usergroup.already_exists": done({ what: "create", on: "usergroup" }),
  "error.usergroup.not_found": missingGroup,
  "error.usergroup.user_list.invalid": done({ what: "any step" }),
  "error.usergroup.update.failed": transient,
  "error.usergroup.command.missing.arguments": permanent,
  "error.usergroup.exceeds_maximum_member_count": permanent,
  "error.usergroup.readonly.update_not_allowed": permanent,
  "error.usergroup.readonly.add_user_not_allowed": permanent,
  "error.usergroup.readonly.remove_user_not_allowed": permanent,
  "error.usergroup.readonly.remove_not_allowed": permanent,

  "error.group.not_found": permanent,
  "error.group.invalid_list": permanent,
  "error.group.invalid_name": permanent,
  "error.group.remove_failed": transient,

  "plc.not_found": permanent,
  "plc.admin.group.not_found": permanent,
  "plc.admin.already_added": done({ what: "any step" }),
  "plc.add.admin.error": permanent,
  "plc.remove.admin.error": permanent,
  "error.productadmin.add.user.failed": permanent,
  "error.productadmin.remove.admin.failed": permanent,
  "error.developer.add_user.failed": transient,
  "error.developer.remove_user.failed": transient,

  "error.command.add_remove.list": permanent,
  "error.command.add_remove.duplicate.user_list": permanent,
  "error.command.add_remove.duplicate.product_list": permanent,
  "error.command.add_remove.duplicate.group_list": permanent,
  "error.command.add_remove.duplicate.usergroup_list": permanent,
  "error.command.add_remove.duplicate.productadmin_list": permanent,
  "error.command.add_remove.invalid.usergroup_list": permanent,
  "error.command.add_remove.key.unknown": permanent,
  "error.command.add_remove.user_usergroup.missing": permanent,
  "error.command.add_remove.missing_list": permanent,
  "error.command.add_remove.list_too_long": { meaning: "too-long" },
  "error.command.add_remove.list_not_array": permanent,
  "error.command.add_remove.group_or_product_name_too_long": permanent,
  "error.command.product.not_found": permanent,
  "error.command.boolean_expected": permanent,
  "error.command.create.object_expected": permanent,
  "error.command.create.string_expected": permanent,
  "error.command.create.more_than_one": permanent,
  "error.command.create.not_first": permanent,
  "error.command.create.key.unknown": permanent,
  "error.command.update.option.no": permanent,
  "error.command.domain.missing": permanent,
  "error.command.domain.must_be_used_with_nonemail_username": permanent,
  "error.command.domain.string_expected": permanent,
  "error.command.string.too_long": permanent,
  "error.command.string_expected": permanent,
  "error.command.removefromorg.not_last": permanent,
  "error.command.illegal_entry": permanent,
  "error.command.step.unknown": permanent,
  "error.command.object_not_empty": permanent,
  "error.command.malformed": permanent,
  "error.command.steps.malformed": permanent,
  "error.command.user.missing": permanent,
  "error.command.user_usergroup.missing": permanent,

  "error.organization.invalid_id": permanent,
  "error.organization.invalid_name": permanent,
  "error.organization.migrating": transient,
  "error.apikey.invalid": permanent,
  "error.api.not_available": transient,
  "error.api.user.not.parent.org": permanent,
  "error.throttled_by_external_service": { meaning: "throttled" },

  "error.internal.create_failed": internal,
  "error.internal.update_failed": internal,
  "error.internal.removefromorg": internal,
  "error.internal.add": internal,
  "error.internal.group.remove": internal,
  "error.internal.exceptionflys": internal,
  "error.internal.everybody_group.not_found": internal,
} satisfies Readonly<Record<string, CodeRule>>;

/** A code that Adobe documents. */
export type AdobeCode = keyof typeof rules;

/** The rule of every documented code. */
export const codeRules: ReadonlyMap<string, CodeRule> = new Map<string, CodeRule>(Object.entries(rules));

/**
 * The rule on a code. Undocumented codes are permanent, except those under `error.internal.`, Adobe's name for its own
 * faults.
 */
export function ruleOn(code: string): CodeRule {
  return codeRules.get(code) ?? (code.startsWith("error.internal.") ? internal : permanent);
}
