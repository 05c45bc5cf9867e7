import type { Operation } from "../operation.ts";
import type { UserName } from "../umapi/client.ts";
import type { UserGroupStep, UserStep } from "../umapi/command.ts";
import type { FailedStep } from "../umapi/error-codes.ts";
import { renames, userNameAfter } from "./rename.ts";
import type { PendingOperation } from "./slices.ts";

/** What an error code's meaning depends on. `newName` is present where the step renames a user. */
export interface FailedOperationStep extends FailedStep {
  readonly newName?: UserName;
}

/** @param source index of the failed step in the caller's `do`, or undefined where Adobe named none */
export function failedStep(operation: PendingOperation, source: number | undefined): FailedOperationStep {
  const { command, progress } = operation;
  const step = command.do[source ?? 0];
  const newName = step === undefined ? undefined : userNameAfter(command, step);
  return {
    kind: step === undefined ? "other" : kindOf(step),
    root: "user" in command ? "user" : "usergroup",
    repeated: progress.uncertain,
    endsInRemoval: endsInRemoval(operation),
    ...(newName === undefined ? {} : { newName }),
  };
}

function kindOf(step: UserStep | UserGroupStep): FailedStep["kind"] {
  if ("addAdobeID" in step || "createEnterpriseID" in step || "createFederatedID" in step || "createUserGroup" in step)
    return "create";
  if (renames(step)) return "rename";
  if ("add" in step) return "add";
  return "deleteUserGroup" in step ? "delete" : "other";
}

function endsInRemoval({ command }: Operation): boolean {
  const last = command.do.at(-1);
  return last !== undefined && "removeFromOrg" in last;
}
