import type { LaneView } from "../api/lane.ts";
import { ownReasons } from "../api/wait-reasons.ts";
import type { Listing } from "../ledger/listing-dynamo.ts";
import { maxCountedInLane } from "../operation/limits.ts";
import type { Budget } from "../pacing/budget.ts";
import { blockAt, slotsUsed } from "../pacing/lane.ts";
import type { LaneStore } from "../pacing/lane-store.ts";
import type { PauseStore } from "../pacing/pause-dynamo.ts";
import { lastHour } from "../pacing/tally.ts";
import type { Clock } from "../time/clock.ts";
import { drainTime } from "./drain-time.ts";

export interface LaneReaderServices {
  readonly clock: Clock;
  readonly laneName: string;
  readonly lanes: LaneStore;
  readonly pauses: PauseStore;
  readonly listing: Listing;
  readonly budget: Budget;
  /** About how many messages the lane's queue holds; undefined if that cannot be told. */
  readonly queueDepth: () => Promise<number | undefined>;
}

/** Reads the state of a lane. */
export class LaneReader {
  readonly #services: LaneReaderServices;

  constructor(services: LaneReaderServices) {
    this.#services = services;
  }

  async read(): Promise<LaneView> {
    const { clock, laneName, lanes, pauses, listing, budget, queueDepth } = this.#services;
    const [{ lane }, pause, queued, oldest, ...counts] = await Promise.all([
      lanes.read(),
      pauses.read(),
      listing.count("queued", maxCountedInLane),
      listing.oldest("queued", 1),
      ...ownReasons.map(async (reason) => [reason, await listing.countParked(reason, maxCountedInLane)] as const),
    ]);
    const now = clock.now();
    const block = blockAt(lane, now);
    const [first] = oldest.operations;
    const parked = counts.reduce((sum, [, count]) => sum + count, 0);
    // Of so many, the queue's own length tells more: each message takes a command of some request.
    const going = queued < maxCountedInLane ? queued - parked : await queueDepth();
    const drainedAt = pause === undefined ? drainTime(lane, budget, going, now) : undefined;
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
      ...(drainedAt === undefined ? {} : { drainedAt: iso(drainedAt) }),
      lastHour: lastHour(lane.tally, now),
    };
  }
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();
