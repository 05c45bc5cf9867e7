import { type FirstMeaning, type Repeated, ruleOn } from "./errors/code-rules.ts";
import type { Root } from "./steps/facts.ts";
import type { StepKind } from "./steps/step-rules.ts";

/** What an error code says about the step that drew it. */
export type ErrorMeaning =
  | FirstMeaning
  /** The change that the step asks for is there already. */
  | "converged"
  /** The root is not known by the old name, which is so if the rename has been applied. */
  | "renamed"
  /** The root does not exist, and the operation ends with its removal. */
  | "gone"
  /** The root has been created, but Adobe does not find it yet. */
  | "not-yet";

/** What the meaning of a code depends on: the failed step and its command. */
export interface FailedStep {
  readonly kind: StepKind;
  readonly root: Root;
  /** The step is sent again after a send whose fate is unknown. */
  readonly repeated: boolean;
  /** The operation, or one in the same command, has created the root before this step. */
  readonly created: boolean;
  /** The command gives its root another name, at the failed step or after it. */
  readonly renames: boolean;
  /** The command, or a later one of the operation, ends in `removeFromOrg` or `deleteUserGroup`. */
  readonly endsInRemoval: boolean;
}

/** What an error code of Adobe's means for the step that drew it, by the table of codes. */
export function meaningOf(code: string, message: string, step: FailedStep): ErrorMeaning {
  const { meaning, permanentIf, doneOnRepeatOf = [], missing } = ruleOn(code);
  const done = step.repeated ? doneOnRepeatOf.find((repeated) => isRepeatOf(repeated, step)) : undefined;
  if (done !== undefined) return doneAs(done.what);
  if (step.created && missing === step.root) return "not-yet";
  return permanentIf?.test(message) ? "permanent" : meaning;
}

function isRepeatOf({ what, on }: Repeated, step: FailedStep): boolean {
  if (on !== undefined && on !== step.root) return false;
  switch (what) {
    case "create":
    case "add":
      return step.kind === what;
    case "rename":
      return step.renames;
    case "removal":
      return step.endsInRemoval;
    case "any step":
      return true;
  }
}

function doneAs(what: Repeated["what"]): ErrorMeaning {
  switch (what) {
    case "rename":
      return "renamed";
    case "removal":
      return "gone";
    case "create":
    case "add":
    case "any step":
      return "converged";
  }
}
