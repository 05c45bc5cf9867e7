import type { LedgerRow } from "../ledger/row.ts";
import type { Batch } from "./batch.ts";

/** Ends operations that may not be sent. */
export interface Guard {
  /** Ends the operation if it may not be sent. Adobe may no longer be at work on it. @returns whether it has ended */
  ends(batch: Batch, row: LedgerRow): Promise<boolean>;
}

/** All that is asked again before each send. */
export class Guards implements Guard {
  readonly #guards: readonly Guard[];

  constructor(guards: readonly Guard[]) {
    this.#guards = guards;
  }

  async ends(batch: Batch, row: LedgerRow): Promise<boolean> {
    for (const guard of this.#guards) if (await guard.ends(batch, row)) return true;
    return false;
  }

  /** Ends what of the queue's messages may not be sent. @returns whether anything was */
  async clearTheWay(batch: Batch): Promise<boolean> {
    let hasEnded = false;
    for (const { operations } of batch.works())
      for (const { id } of operations) {
        const row = batch.row(id);
        if (row !== undefined && (await this.ends(batch, row))) hasEnded = true;
      }
    return hasEnded;
  }
}
