import type { LedgerRow } from "../ledger/row.ts";
import type { SettledOutcome } from "../operation/outcome.ts";
import { withCounts } from "../pacing/tally.ts";
import type { Settlement } from "../room/settlement.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import type { Batch } from "./batch.ts";
import { type DispatchEvent, finished } from "./events.ts";

/** How an operation ends that may not be sent. */
export type Ending = Extract<SettledOutcome, { kind: "failed" | "canceled" | "superseded" }>;

/** Says which operations may not be sent. */
export interface Guard {
  /** @returns how the operation ends; undefined if it may be sent */
  endingOf(row: LedgerRow, batch: Batch): Promise<Ending | undefined>;
}

export interface GuardServices {
  readonly clock: Clock;
  readonly settlement: Settlement;
  readonly waitingRoom: WaitingRoom;
  readonly report: (event: DispatchEvent) => void;
}

/** Asks all guards before each send, and ends what may not be sent. */
export class Guards {
  readonly #services: GuardServices;
  readonly #guards: readonly Guard[];

  constructor(services: GuardServices, guards: readonly Guard[]) {
    this.#services = services;
    this.#guards = guards;
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

  /** Ends the operation if it may not be sent. Adobe may no longer be at work on it. @returns whether it has ended */
  async ends(batch: Batch, row: LedgerRow): Promise<boolean> {
    for (const guard of this.#guards) {
      const ending = await guard.endingOf(row, batch);
      if (ending === undefined) continue;
      await this.#end(batch, row, ending);
      return true;
    }
    return false;
  }

  async #end(batch: Batch, row: LedgerRow, ending: Ending): Promise<void> {
    const { clock, settlement, waitingRoom, report } = this.#services;
    const ended = await settlement.settle(row, ending);
    batch.keep(ended);
    const event = finished(ended);
    if (event !== undefined) report(event);
    if (batch.room !== undefined) await waitingRoom.end(ended);
    if (ending.kind !== "failed") return;
    // No request is written down for it, with which the lane would remember it.
    const failure = { succeeded: 0, failed: { [ending.error.code]: 1 }, throttles: 0 };
    await batch.lane.update((lane) => ({
      lane: { ...lane, tally: withCounts(lane.tally, failure, clock.now()) },
    }));
  }
}
