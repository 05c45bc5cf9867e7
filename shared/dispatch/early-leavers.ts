import type { Ledger } from "../ledger/ledger-dynamo.ts";
import { openUntil } from "../ledger/open-until.ts";
import type { LedgerRow } from "../ledger/row.ts";
import type { Fates } from "../pacing/lane.ts";
import { conflict, type Touches, touches } from "../planning/conflicts.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Clock } from "../time/clock.ts";
import type { Batch } from "./batch.ts";

export interface EarlyLeaverServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly waitingRoom: WaitingRoom;
  /** How long Adobe may still apply a request that it did not answer, in milliseconds. */
  readonly openMs: number;
}

/** A leaver behind what this version cannot read looks again after this time. */
const unreadableMs = 60_000;

/** What a leaver waits for that goes ahead: only what Adobe is at work on. */
export type LeaverWait =
  /** The answer to a request in flight. */
  | { readonly kind: "answer" }
  /** That Adobe can no longer apply what it did not answer, in milliseconds since the epoch. */
  | { readonly kind: "settled"; readonly at: number };

/** Finds out whether Adobe may be at work on a leaver's user. */
export class EarlyLeavers {
  readonly #services: EarlyLeaverServices;

  constructor(services: EarlyLeaverServices) {
    this.#services = services;
  }

  /** @returns undefined if the leaver may go */
  async waitOf({ operation }: LedgerRow, batch: Batch, { open }: Fates): Promise<LeaverWait | undefined> {
    const { clock, waitingRoom, openMs } = this.#services;
    const touched = touches(operation.command);
    if (await this.#isAnyInFlight(touched, open)) return { kind: "answer" };
    if (batch.room === undefined) return undefined;
    const now = clock.now();
    let at = 0;
    // What cannot be read may be unsettled.
    for (const [id, row] of await waitingRoom.earliestOn(touched, batch.room))
      if (row === "unreadable") at = Math.max(at, now + unreadableMs);
      else if (id !== operation.id && conflict(touched, touches(row.operation.command)))
        at = Math.max(at, openUntil(row, openMs));
    return at > now ? { kind: "settled", at } : undefined;
  }

  /** What cannot be read may touch anything. */
  async #isAnyInFlight(touched: Touches, open: Fates["open"]): Promise<boolean> {
    const rows = await this.#services.ledger.read([...open.keys()]);
    return [...rows.values()].some((row) => row === "unreadable" || conflict(touched, touches(row.operation.command)));
  }
}
