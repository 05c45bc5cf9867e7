import type { LedgerRow } from "../ledger/row.ts";
import { withCounts } from "../pacing/tally.ts";
import type { Settlement } from "../room/settlement.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import { accountDeletionsIn } from "../umapi/account-deletion.ts";
import type { Batch } from "./batch.ts";
import { type DispatchEvent, finished } from "./events.ts";
import type { Guard } from "./guards.ts";

export interface DeletionGuardServices {
  readonly clock: Clock;
  readonly settlement: Settlement;
  readonly waitingRoom: WaitingRoom;
  readonly report: (event: DispatchEvent) => void;
}

const refusal = {
  code: "account_deletion_not_allowed",
  message:
    "This stack does not allow removeFromOrg with deleteAccount: true (allowAccountDeletion is off). Nothing of the operation is sent any more.",
};

/**
 * Ends what would destroy an account where the stack does not allow that: what was accepted while it still did, and what
 * somebody has put into the queue by hand.
 */
export class DeletionGuard implements Guard {
  readonly #services: DeletionGuardServices;
  readonly #allowsDeletion: boolean;

  constructor(services: DeletionGuardServices, { allowAccountDeletion }: { readonly allowAccountDeletion: boolean }) {
    this.#services = services;
    this.#allowsDeletion = allowAccountDeletion;
  }

  /** Ends the operation if it may not be sent. Adobe may no longer be at work on it. @returns whether it has ended */
  async ends(batch: Batch, row: LedgerRow): Promise<boolean> {
    if (this.#allowsDeletion) return false;
    const [deletion] = accountDeletionsIn(row.operation.command);
    if (deletion === undefined) return false;
    const { clock, settlement, waitingRoom, report } = this.#services;
    const ended = await settlement.settle(row, { kind: "failed", error: { ...refusal, step: deletion.step } });
    batch.keep(ended);
    const event = finished(ended);
    if (event !== undefined) report(event);
    if (batch.room !== undefined) await waitingRoom.end(ended);
    // No request is written down for it, with which the lane would remember it.
    const failure = { succeeded: 0, failed: { [refusal.code]: 1 }, throttles: 0 };
    await batch.lane.update((lane) => ({
      lane: { ...lane, tally: withCounts(lane.tally, failure, clock.now()) },
    }));
    return true;
  }
}
