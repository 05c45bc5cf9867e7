import { describe, expect, test } from "vitest";
import { type ErrorMeaning, type FailedStep, meaningOf } from "../../../shared/umapi/error-codes.ts";

const plain: FailedStep = {
  kind: "other",
  root: "user",
  repeated: false,
  created: false,
  renames: false,
  endsInRemoval: false,
};
const onUser = (changes: Partial<FailedStep> = {}): FailedStep => ({ ...plain, repeated: true, ...changes });
const onGroup = (changes: Partial<FailedStep> = {}): FailedStep => onUser({ root: "usergroup", ...changes });

describe("a code means, on a first send and on a repeat alike", () => {
  test.each<[string, ErrorMeaning]>([
    ["error.user.update_failed", "transient"],
    ["error.usergroup.update.failed", "transient"],
    ["error.organization.migrating", "transient"],
    ["error.group.remove_failed", "transient"],
    ["error.api.not_available", "transient"],
    ["error.developer.add_user.failed", "transient"],
    ["error.developer.remove_user.failed", "transient"],
    ["error.internal.create_failed", "transient"],
    ["error.internal.update_failed", "transient"],
    ["error.internal.removefromorg", "transient"],
    ["error.internal.add", "transient"],
    ["error.internal.group.remove", "transient"],
    ["error.internal.exceptionflys", "transient"],
    ["error.internal.everybody_group.not_found", "transient"],
    ["error.throttled_by_external_service", "throttled"],
    ["error.command.add_remove.list_too_long", "too-long"],
    ["error.user.belongs_to_another_org", "permanent"],
    ["error.user.type_mismatch", "permanent"],
    ["error.update.adobeid.no", "permanent"],
    ["error.group.not_found", "permanent"],
    ["error.domain.trust.nonexistent", "permanent"],
    ["error.command.step.unknown", "permanent"],
    ["error.usergroup.readonly.add_user_not_allowed", "permanent"],
    ["error.of.a.kind.that.nobody.has.documented", "permanent"],
    ["", "permanent"],
  ])("%s: %s", (code, meaning) => {
    expect(meaningOf(code, "", plain)).toBe(meaning);
    expect(meaningOf(code, "", onUser())).toBe(meaning);
  });
});

describe("an internal error is permanent where its message", () => {
  test.each(["lastname FIELD_MIN_LENGTH", "FIELD_INVALID", "NOT_ALLOWED", "USER_CREATION_NOT_ALLOWED_FOR_DIRECTORY"])(
    "says %s",
    (message) => {
      expect(meaningOf("error.internal.create_failed", message, plain)).toBe("permanent");
    },
  );
});

const onRepeat: [string, FailedStep, ErrorMeaning][] = [
  ["error.user.already_in_org", onUser({ kind: "create" }), "converged"],
  ["error.user.already_invited", onUser({ kind: "create" }), "converged"],
  ["error.usergroup.already_exists", onGroup({ kind: "create" }), "converged"],
  ["error.user.already_exists", onUser({ kind: "add" }), "converged"],
  ["error.usergroup.user_list.invalid", onGroup(), "converged"],
  ["plc.admin.already_added", onUser({ kind: "add" }), "converged"],
  ...["nonexistent", "not_found", "not_in_org"].flatMap((name): [string, FailedStep, ErrorMeaning][] => [
    [`error.user.${name}`, onUser({ renames: true }), "renamed"],
    [`error.user.${name}`, onUser({ kind: "add", renames: true, endsInRemoval: true }), "renamed"],
    [`error.user.${name}`, onUser({ endsInRemoval: true }), "gone"],
    [`error.user.${name}`, onUser({ kind: "add", endsInRemoval: true }), "gone"],
  ]),
  ["error.usergroup.not_found", onGroup({ renames: true }), "renamed"],
  ["error.usergroup.not_found", onGroup({ endsInRemoval: true }), "gone"],
];

describe("on a repeat", () => {
  test.each(onRepeat)("%s on %o: %s", (code, step, meaning) => {
    expect(meaningOf(code, "", step)).toBe(meaning);
    expect(meaningOf(code, "", { ...step, repeated: false })).toBe("permanent");
  });

  test.each<[string, FailedStep]>([
    ["error.user.already_in_org", onUser({ kind: "add" })],
    ["error.usergroup.already_exists", onUser({ kind: "create" })],
    ["error.user.already_in_org", onGroup({ kind: "create" })],
    ["error.user.already_exists", onUser({ kind: "create" })],
    ["error.user.nonexistent", onUser({ kind: "add" })],
    ["error.usergroup.not_found", onGroup({ kind: "add" })],
    ["error.usergroup.not_found", onUser({ endsInRemoval: true })],
    ["error.user.nonexistent", onGroup({ endsInRemoval: true })],
    ["error.group.not_found", onUser({ endsInRemoval: true, renames: true })],
  ])("%s on %o stays an error", (code, step) => {
    expect(meaningOf(code, "", step)).toBe("permanent");
  });
});

describe("a root that is missing behind its create is Adobe's delay", () => {
  const created = (changes: Partial<FailedStep>): FailedStep => ({ ...plain, created: true, ...changes });
  const codes: [string, "user" | "usergroup"][] = [
    ["error.user.not_found", "user"],
    ["error.user.not_in_org", "user"],
    ["error.user.nonexistent", "user"],
    ["error.user.nonexistent_or_has_conflicting_parameters", "user"],
    ["error.user.not_found_or_ambiguous", "user"],
    ["error.usergroup.not_found", "usergroup"],
  ];

  test.each(codes)("by %s on a %s, whatever the step, on a repeat too", (code, root) => {
    for (const kind of ["add", "other"] as const)
      for (const repeated of [false, true])
        expect(meaningOf(code, "", created({ root, kind, repeated }))).toBe("not-yet");
  });

  test.each(codes)("but not %s on anything but a %s, or without a create", (code, root) => {
    const other = root === "user" ? "usergroup" : "user";
    expect(meaningOf(code, "", created({ root: other }))).toBe("permanent");
    expect(meaningOf(code, "", created({ root, created: false }))).toBe("permanent");
  });

  test("unless a rename or a removal may have been applied, which says more", () => {
    expect(meaningOf("error.user.nonexistent", "", created({ repeated: true, renames: true }))).toBe("renamed");
    expect(meaningOf("error.user.nonexistent", "", created({ repeated: true, endsInRemoval: true }))).toBe("gone");
  });

  test.each(["error.group.not_found", "plc.not_found", "error.user.email.invalid", "error.user.type_unknown"])(
    "and no other thing is: %s",
    (code) => {
      expect(meaningOf(code, "", created({}))).toBe("permanent");
    },
  );
});
