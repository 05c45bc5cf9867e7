import type { LaneView } from "../api/lane.ts";
import { ownReasons } from "../api/wait-reasons.ts";
import type { Listing } from "../ledger/listing.ts";
import type { Budget } from "../pacing/budget.ts";
import { blockAt, slotsUsed } from "../pacing/lane.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { PauseStore } from "../pacing/pause-dynamo.ts";
import type { Clock } from "../time/clock.ts";

export interface LaneReaderServices {
  readonly clock: Clock;
  readonly laneName: string;
  readonly lanes: LaneStore;
  readonly pauses: PauseStore;
  readonly listing: Listing;
  readonly budget: Budget;
}

/** Reads the state of a lane. */
export class LaneReader {
  readonly #services: LaneReaderServices;

  constructor(services: LaneReaderServices) {
    this.#services = services;
  }

  async read(): Promise<LaneView> {
    const { clock, laneName, lanes, pauses, listing, budget } = this.#services;
    const [{ lane }, pause, queued, oldest, ...counts] = await Promise.all([
      lanes.read(),
      pauses.read(),
      listing.count("queued"),
      listing.oldest("queued", 1),
      ...ownReasons.map(async (reason) => [reason, await listing.countParked(reason)] as const),
    ]);
    const now = clock.now();
    const block = blockAt(lane, now);
    const [first] = oldest.operations;
    return {
      lane: laneName,
      queued,
      parked: Object.fromEntries(counts.filter(([, count]) => count > 0)),
      ...(first === undefined ? {} : { oldestAcceptedAt: iso(first.acceptedAt) }),
      budget: { requests: budget.requests, seconds: budget.windowSeconds, used: slotsUsed(lane, budget, now) },
      ...(block === undefined ? {} : { block: { until: iso(block.until), reason: block.reason } }),
      ...(pause === undefined
        ? {}
        : { paused: { since: iso(pause.since), ...(pause.by === undefined ? {} : { by: pause.by }) } }),
    };
  }
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();
