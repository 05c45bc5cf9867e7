import { describe, expect, test } from "vitest";
import { meaningOf } from "../../../shared/umapi/error-codes.ts";
import { codeRules } from "../../../shared/umapi/errors/code-rules.ts";

/** As Adobe's documentation lists them, by what stands before the name. `T`: transient, `C`: done on some repeat, `N`: its root is missing. */
const documented: Readonly<Record<string, string>> = {
  "error.user.": `not_found:CN not_in_org:CN nonexistent:CN nonexistent_or_has_conflicting_parameters:N already_in_org:C
    already_invited:C must_match_email type_must_not_be_adobeid type_unknown type_not_available not_found_or_ambiguous:N
    name.invalid user_list.invalid type.missing email.invalid belongs_to_another_org type_mismatch
    change_domain_update.no id_missing firstname_missing lastname_missing name_in_use email.name_in_use
    name.contains.email update_failed:T already_exists:C command.missing.arguments domain_enforcement`,
  "error.user.productadmin.": "group.not_found add.user.failed remove.admin.failed",
  "error.command.": `product.not_found boolean_expected update.option.no string.too_long string_expected
    removefromorg.not_last illegal_entry step.unknown object_not_empty malformed steps.malformed user.missing
    user_usergroup.missing`,
  "error.command.create.": "object_expected string_expected more_than_one not_first key.unknown",
  "error.command.domain.": "missing must_be_used_with_nonemail_username string_expected",
  "error.command.add_remove.": `list duplicate.user_list duplicate.product_list duplicate.group_list
    duplicate.usergroup_list duplicate.productadmin_list invalid.usergroup_list key.unknown user_usergroup.missing
    missing_list list_too_long:L list_not_array group_or_product_name_too_long`,
  "error.usergroup.": `already_exists:C not_found:CN user_list.invalid:C update.failed:T command.missing.arguments
    exceeds_maximum_member_count`,
  "error.usergroup.readonly.": "update_not_allowed add_user_not_allowed remove_user_not_allowed remove_not_allowed",
  "error.": `country.invalid option.illegal domain.trust.nonexistent apikey.invalid throttled_by_external_service:B
    api.not_available:T api.user.not.parent.org developer.add_user.failed:T developer.remove_user.failed:T
    productadmin.add.user.failed productadmin.remove.admin.failed`,
  "error.organization.": "invalid_id invalid_name migrating:T",
  "error.group.": "not_found invalid_list invalid_name remove_failed:T",
  "error.update.": "no domain.mismatch username.no country.no_update adobeid.no",
  "error.internal.": `create_failed:T update_failed:T removefromorg:T add:T group.remove:T exceptionflys:T
    everybody_group.not_found:T`,
  "plc.": "not_found admin.group.not_found admin.already_added:C add.admin.error remove.admin.error",
};

const codes = Object.entries(documented).flatMap(([prefix, names]) =>
  names.split(/\s+/).map((name): { code: string; mark: string } => {
    const [rest = "", mark = ""] = name.split(":");
    return { code: prefix + rest, mark };
  }),
);

const firstMeanings: Readonly<Record<string, string>> = { T: "transient", B: "throttled", L: "too-long" };

describe("the table of codes", () => {
  test("has every code that Adobe documents, and no other", () => {
    expect([...codeRules.keys()].toSorted()).toEqual(codes.map(({ code }) => code).toSorted());
  });

  test.each(codes)("says of $code on a first send what its mark says: $mark", ({ code, mark }) => {
    for (const kind of ["create", "add", "other"] as const)
      for (const root of ["user", "usergroup"] as const) {
        const step = { kind, root, repeated: false, created: false, renames: true, endsInRemoval: true };
        expect(meaningOf(code, "", step)).toBe(firstMeanings[mark] ?? "permanent");
      }
  });

  test("has a missing root for the codes with that mark, and for no other", () => {
    const missing = [...codeRules].filter(([, rule]) => rule.missing !== undefined).map(([code]) => code);
    expect(missing.toSorted()).toEqual(
      codes
        .filter(({ mark }) => mark.endsWith("N"))
        .map(({ code }) => code)
        .toSorted(),
    );
  });

  test("has a repeat that is done for the codes with that mark, and for no other", () => {
    const done = [...codeRules].filter(([, { doneOnRepeatOf }]) => doneOnRepeatOf !== undefined).map(([code]) => code);
    const marked = codes.filter(({ mark }) => mark.startsWith("C")).map(({ code }) => code);
    expect(done.toSorted()).toEqual(marked.toSorted());
  });
});

describe("a code that nobody has documented", () => {
  const step = {
    kind: "other",
    root: "user",
    repeated: true,
    created: true,
    renames: true,
    endsInRemoval: true,
  } as const;

  test.each(["", "error", "error.user", "error.user.new", "error.internal", "constructor", "__proto__", "toString"])(
    "is permanent: %s",
    (code) => {
      expect(meaningOf(code, "", step)).toBe("permanent");
    },
  );

  test("is transient among Adobe's internal ones, unless its message tells of a rule", () => {
    expect(meaningOf("error.internal.new", "No luck", step)).toBe("transient");
    expect(meaningOf("error.internal.new", "lastname FIELD_MIN_LENGTH", step)).toBe("permanent");
  });
});
