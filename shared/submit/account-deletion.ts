import { type Fault, pointerTo } from "../umapi/fault.ts";
import { stepsIn, valueAt } from "../umapi/unchecked.ts";

/** The steps of a command, checked or not, that would destroy an account and its assets for good. */
export function accountDeletions(command: unknown, at: string): Fault[] {
  return stepsIn(command)
    .filter(({ name, step }) => name === "removeFromOrg" && valueAt(step, "deleteAccount") === true)
    .map(({ index }) => ({
      pointer: pointerTo(at, ["do", index, "removeFromOrg", "deleteAccount"]),
      detail:
        "true, which destroys the account and its assets for good and is not allowed here; leave deleteAccount out " +
        "to keep the account, or deploy the stack with allowAccountDeletion",
    }));
}
