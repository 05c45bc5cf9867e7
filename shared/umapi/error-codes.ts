/** What an error code says about the step that drew it. */
export type ErrorMeaning =
  /** The same step would fail again. */
  | "permanent"
  /** The same step may pass later. */
  | "transient"
  /** Adobe was too busy for this step: nobody's fault. */
  | "throttled"
  /** More steps or list entries than Adobe takes in one command. */
  | "too-long"
  /** What the step was to bring about already holds. */
  | "converged"
  /** The root is not known by the old name, as it must be if the rename has been applied. */
  | "renamed"
  /** The root is not there, which is where the operation was to end. */
  | "gone";

/** What the failed step was, as far as the meaning of a code depends on it. */
export interface FailedStep {
  readonly kind: "create" | "add" | "other";
  readonly root: "user" | "usergroup";
  /** The step is sent again after a send whose fate is unknown. */
  readonly repeated: boolean;
  /** The command gives its root another name, at the failed step or after it. */
  readonly renames: boolean;
  /** The command, or a later one of the operation, ends in `removeFromOrg` or `deleteUserGroup`. */
  readonly endsInRemoval: boolean;
}

/**
 * What Adobe's error code means for the step that drew it (UMAPI docs, error codes).
 *
 * Codes that nobody has documented are permanent, except under `error.internal.`, Adobe's name for its own faults.
 */
export function meaningOf(code: string, message: string, step: FailedStep): ErrorMeaning {
  if (code === "error.throttled_by_external_service") return "throttled";
  if (code === "error.command.add_remove.list_too_long") return "too-long";
  if (step.repeated) {
    const repeated = meaningOnRepeat(code, step);
    if (repeated !== undefined) return repeated;
  }
  return isTransient(code, message) ? "transient" : "permanent";
}

const missingUser = new Set(["error.user.nonexistent", "error.user.not_found", "error.user.not_in_org"]);

function meaningOnRepeat(code: string, step: FailedStep): ErrorMeaning | undefined {
  const isMissing = step.root === "user" ? missingUser.has(code) : code === "error.usergroup.not_found";
  // A root whose rename was applied is missing from the first step on, whichever step renames it.
  if (isMissing && step.renames) return "renamed";
  if (isMissing && step.endsInRemoval) return "gone";
  if (code === "error.usergroup.user_list.invalid" || code === "plc.admin.already_added") return "converged";
  switch (step.kind) {
    case "create": {
      const exists =
        step.root === "user"
          ? ["error.user.already_in_org", "error.user.already_invited"]
          : ["error.usergroup.already_exists"];
      return exists.includes(code) ? "converged" : undefined;
    }
    case "add":
      return code === "error.user.already_exists" ? "converged" : undefined;
    case "other":
      return undefined;
  }
}

const transientCodes = new Set([
  "error.user.update_failed",
  "error.usergroup.update.failed",
  "error.organization.migrating",
  "error.group.remove_failed",
  "error.api.not_available",
  "error.developer.add_user.failed",
  "error.developer.remove_user.failed",
]);

function isTransient(code: string, message: string): boolean {
  // Field reports: internal errors that name a field's rule or a forbidden action never pass.
  if (code.startsWith("error.internal.")) return !/FIELD_|NOT_ALLOWED/.test(message);
  return transientCodes.has(code);
}
