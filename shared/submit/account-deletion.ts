import { accountDeletionsIn } from "../umapi/account-deletion.ts";
import { type Fault, pointerTo } from "../umapi/fault.ts";

/** What is wrong with a command, checked or not, that would destroy an account where that is not allowed. */
export function accountDeletions(command: unknown, at: string): Fault[] {
  return accountDeletionsIn(command).map(({ path }) => ({
    pointer: pointerTo(at, path),
    detail:
      `true, which destroys the account and its assets for good and is not allowed here; leave ${path.at(-1)} out ` +
      "to keep the account, or deploy the stack with allowAccountDeletion",
  }));
}
