import type { LedgerRow } from "../ledger/row.ts";
import { accountDeletionsIn } from "../umapi/account-deletion.ts";
import type { Ending, Guard } from "./guards.ts";

const refusal = {
  code: "account_deletion_not_allowed",
  message:
    "This stack does not allow removeFromOrg with deleteAccount: true (allowAccountDeletion is off). Nothing of the operation is sent any more.",
};

/**
 * Keeps back what would destroy an account where the stack does not allow that: what was accepted while it still did, and
 * what somebody has put into the queue by hand.
 */
export class DeletionGuard implements Guard {
  readonly #allowsDeletion: boolean;

  constructor({ allowAccountDeletion }: { readonly allowAccountDeletion: boolean }) {
    this.#allowsDeletion = allowAccountDeletion;
  }

  async endingOf({ operation }: LedgerRow): Promise<Ending | undefined> {
    if (this.#allowsDeletion) return undefined;
    const [deletion] = accountDeletionsIn(operation.command);
    return deletion === undefined ? undefined : { kind: "failed", error: { ...refusal, step: deletion.step } };
  }
}
