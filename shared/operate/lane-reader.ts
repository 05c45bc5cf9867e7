import type { Listing } from "../ledger/listing.ts";
import { type OwnReason, ownReasons } from "../ledger/own-wait.ts";
import type { Budget } from "../pacing/budget.ts";
import { type Block, blockAt, slotsUsed } from "../pacing/lane.ts";
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

/** A lane as the API shows it. Times are in ISO 8601. */
export interface LaneView {
  readonly lane: string;
  /** Operations that have not ended, parked ones included. */
  readonly queued: number;
  /** How many of them wait on their own account, by reason; only reasons that there are. */
  readonly parked: Partial<Record<OwnReason, number>>;
  readonly oldestAcceptedAt?: string;
  /** Action requests in any window, and how many count against it now. */
  readonly budget: { readonly requests: number; readonly seconds: number; readonly used: number };
  readonly block?: { readonly until: string; readonly reason: Block["reason"] };
  readonly paused?: { readonly since: string; readonly by?: string };
}

/** Tells how a lane stands. */
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
