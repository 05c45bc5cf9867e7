import type { Waiting } from "../api/operation.ts";
import type { OwnReason } from "../api/wait-reasons.ts";
import { maxCountedAhead } from "../operation/limits.ts";
import { isFinal } from "../operation/status.ts";
import type { Budget } from "../pacing/budget.ts";
import { nextPause, requestTime } from "../pacing/forecast.ts";
import { type Block, blockAt, fatesAt, type Lane } from "../pacing/lane.ts";
import type { Pause } from "../pacing/pause-dynamo.ts";
import { maxCommandsPerRequest } from "../planning/plan.ts";
import type { OperationSummary } from "./item.ts";
import { type OwnWait, ownWait } from "./own-wait.ts";

type LaneReason = Block["reason"] | "paused" | "budget";
type Reason = OwnReason | LaneReason;

/** What is known about the lane besides its state. */
export interface KnownAround {
  /** The pause, if somebody has paused the lane by hand. */
  readonly pause?: Pause | undefined;
  /** About how many operations stand before it, if they were counted. */
  readonly ahead?: number | undefined;
}

const unforeseeable: readonly Reason[] = ["adobe-unavailable", "credentials-refused", "credentials-unreadable"];

/** Whether anybody can know when the wait is over: of an outage or a refused credential, nobody does. */
export function isForeseeable(reason: Reason): boolean {
  return !unforeseeable.includes(reason);
}

/**
 * What an operation waits for, and until when. Its own reason comes before its lane's.
 *
 * @param now milliseconds since the epoch
 */
export function waitingOf(
  summary: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  around: KnownAround = {},
): Waiting | undefined {
  const cause = causeOf(summary, lane, budget, now, around);
  if (cause === undefined) return undefined;
  const { until, ...rest } = cause;
  const expectedAt = expectedTime(cause, lane, budget, now, around);
  return {
    ...rest,
    ...(until === undefined ? {} : { until: iso(until) }),
    ...(around.ahead === undefined ? {} : { ahead: around.ahead }),
    ...(expectedAt === undefined ? {} : { expectedAt: iso(expectedAt) }),
  };
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();

type Cause = OwnWait | { readonly until?: number; readonly reason: LaneReason };

function causeOf(
  { id, status, parked }: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  { pause, ahead = 0 }: KnownAround,
): Cause | undefined {
  if (isFinal(status)) return undefined;
  const own = parked === undefined ? undefined : ownWait(parked, now);
  if (own !== undefined) return own;
  if (pause !== undefined) return { reason: "paused" };
  const block = blockAt(lane, now);
  if (block !== undefined) return { until: block.until, reason: block.reason };
  const openUntil = fatesAt(lane, now).open.get(id);
  // While Adobe answers, an operation in flight is simply being sent.
  if (openUntil !== undefined) return lane.faults > 0 ? { until: openUntil, reason: "adobe-unavailable" } : undefined;
  const next = nextPause(lane, budget, now);
  return requestsBefore(ahead, lane, now) < next.after ? undefined : { until: next.until, reason: "budget" };
}

function expectedTime(
  { until, reason }: Cause,
  lane: Lane,
  budget: Budget,
  now: number,
  { pause, ahead }: KnownAround,
): number | undefined {
  const block = blockAt(lane, now);
  if (until === undefined || ahead === undefined || ahead === maxCountedAhead || pause !== undefined) return undefined;
  if (!isForeseeable(reason) || (block !== undefined && !isForeseeable(block.reason))) return undefined;
  return Math.max(until, requestTime(lane, budget, requestsBefore(ahead, lane, now), block?.until ?? now));
}

/**
 * How many requests must go out before the one with room for an operation, given the number of operations before it.
 */
function requestsBefore(ahead: number, lane: Lane, now: number): number {
  return Math.floor(Math.max(0, ahead - beingSent(lane, now)) / maxCommandsPerRequest);
}

/** How many operations have a slot already. After a fault they go again. */
export function beingSent(lane: Lane, now: number): number {
  return lane.faults > 0 ? 0 : fatesAt(lane, now).open.size;
}
