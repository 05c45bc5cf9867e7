import type { Ledger } from "../ledger/ledger-dynamo.ts";
import type { Listing } from "../ledger/listing-dynamo.ts";
import type { ParkReason } from "../operation/parked.ts";
import type { PauseStore } from "../pacing/pause-dynamo.ts";
import type { Clock } from "../time/clock.ts";

/** How long work has waited that is not in a queue. */
export type WaitEvent =
  | { readonly kind: "oldest parked"; readonly seconds: number }
  | { readonly kind: "lane paused"; readonly seconds: number };

export interface WaitServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly listing: Listing;
  readonly pauses: PauseStore;
}

/** The reasons that are watched. A scheduled operation waits as its caller asked. */
const watched: readonly ParkReason[] = ["leaver", "ready", "held", "suspect", "unsettled", "behind"];
const pageSize = 25;

/** Finds how old the oldest operation of the waiting room is, and how long the lane has been paused. */
export class Waits {
  readonly #services: WaitServices;

  constructor(services: WaitServices) {
    this.#services = services;
  }

  /** Returns an event for each of the two, if there is one. */
  async look(): Promise<WaitEvent[]> {
    const { clock, pauses } = this.#services;
    const [queuedAt, pause] = await Promise.all([this.#oldestQueuedAt(), pauses.read()]);
    const seconds = (since: number) => Math.floor((clock.now() - since) / 1000);
    return [
      ...(queuedAt === undefined ? [] : [{ kind: "oldest parked", seconds: seconds(queuedAt) } as const]),
      ...(pause === undefined ? [] : [{ kind: "lane paused", seconds: seconds(pause.since) } as const]),
    ];
  }

  async #oldestQueuedAt(): Promise<number | undefined> {
    let oldest = Number.POSITIVE_INFINITY;
    for (const reason of watched) oldest = Math.min(oldest, await this.#oldestOf(reason, oldest));
    return Number.isFinite(oldest) ? oldest : undefined;
  }

  /**
   * Operations come in the order in which they were accepted, and none is queued before it is accepted. So later ones
   * are younger.
   */
  async #oldestOf(reason: ParkReason, known: number): Promise<number> {
    const { ledger, listing } = this.#services;
    let oldest = known;
    let cursor: string | undefined;
    do {
      const page = await listing.oldestParked(reason, pageSize, cursor);
      const older = page.operations.filter(({ acceptedAt }) => acceptedAt < oldest);
      const rows = await ledger.read(older.map(({ id }) => id));
      for (const row of rows.values()) if (row !== "unreadable") oldest = Math.min(oldest, row.operation.queuedAt);
      cursor = page.operations.some(({ acceptedAt }) => acceptedAt >= oldest) ? undefined : page.cursor;
    } while (cursor !== undefined);
    return oldest;
  }
}
