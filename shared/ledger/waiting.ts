import { maxCountedAhead } from "../operation/limits.ts";
import { isFinal } from "../operation/status.ts";
import type { Budget } from "../pacing/budget.ts";
import { nextPause, requestTime } from "../pacing/forecast.ts";
import { type Block, blockAt, fatesAt, type Lane } from "../pacing/lane.ts";
import { maxCommandsPerRequest } from "../planning/plan.ts";
import type { OperationSummary } from "./item.ts";

/** What a queued operation is known to wait for; one that has none is being sent, or goes next. Times are in ISO 8601. */
export interface Waiting {
  /** When there is a next try: of the lane, or of the operation where it alone is held. */
  readonly until: string;
  readonly reason: Reason;
  /** About how many operations stand before it; `maxCountedAhead` means that many or more. */
  readonly ahead?: number;
  /** When it is expected to be sent. Absent where nobody can know. */
  readonly expectedAt?: string;
}

type Reason = Block["reason"] | "held" | "budget";

/** How long an outage or a refused credential lasts, nobody knows. */
const unforeseeable: readonly Reason[] = ["adobe-unavailable", "credentials-refused", "credentials-unreadable"];

/**
 * What an operation waits for, and until when.
 *
 * @param ahead about how many stand before it, where that has been counted
 * @param now milliseconds since the epoch
 */
export function waitingOf(
  summary: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  ahead?: number,
): Waiting | undefined {
  const cause = causeOf(summary, lane, budget, now, ahead);
  if (cause === undefined) return undefined;
  const { until, reason } = cause;
  const expectedAt =
    ahead === undefined || ahead === maxCountedAhead || unforeseeable.includes(reason)
      ? undefined
      : Math.max(until, requestTime(lane, budget, requestsBefore(ahead, lane, now), blockAt(lane, now)?.until ?? now));
  return {
    until: iso(until),
    reason,
    ...(ahead === undefined ? {} : { ahead }),
    ...(expectedAt === undefined ? {} : { expectedAt: iso(expectedAt) }),
  };
}

const iso = (epochMs: number) => new Date(epochMs).toISOString();

interface Cause {
  readonly until: number;
  readonly reason: Reason;
}

function causeOf(
  { id, status, notBefore }: OperationSummary,
  lane: Lane,
  budget: Budget,
  now: number,
  ahead = 0,
): Cause | undefined {
  if (isFinal(status)) return undefined;
  const block = blockAt(lane, now);
  if (block !== undefined) return block;
  const openUntil = fatesAt(lane, now).open.get(id);
  // While Adobe answers, what is in flight is merely being sent.
  if (openUntil !== undefined) return lane.faults > 0 ? { until: openUntil, reason: "adobe-unavailable" } : undefined;
  if (notBefore !== undefined && notBefore > now) return { until: notBefore, reason: "held" };
  const pause = nextPause(lane, budget, now);
  return requestsBefore(ahead, lane, now) < pause.after ? undefined : { until: pause.until, reason: "budget" };
}

/** How many requests are yet to go out before the one that has room for an operation with so many before it. */
function requestsBefore(ahead: number, lane: Lane, now: number): number {
  // Those that are being sent have their slot already. After a fault they go again.
  const sending = lane.faults > 0 ? 0 : fatesAt(lane, now).open.size;
  return Math.floor(Math.max(0, ahead - sending) / maxCommandsPerRequest);
}
