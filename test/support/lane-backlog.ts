import { longestSleepMs } from "../../shared/dispatch/requeue.ts";
import type { Budget } from "../../shared/pacing/budget.ts";
import { closeRequest, idleLane, type Lane, takeSlot } from "../../shared/pacing/lane.ts";
import type { Pace } from "../../shared/pacing/spacing.ts";

/** How a dispatcher works off a lane. Milliseconds all. */
export interface Backlog {
  readonly budget: Budget;
  /** How ordinary work takes slots. */
  readonly pace: Pace;
  readonly durationMs: number;
  readonly answerMs: number;
  /** How much later than it was told the dispatcher asks again, if SQS wakes it: it sleeps through short waits. */
  readonly lateMs: () => number;
  /** When leavers come, in order. */
  readonly leavers: readonly number[];
  /** Whether ordinary work waits. @default - always */
  readonly hasWork?: (now: number) => boolean;
}

/** A lane without work is looked at this often. */
const lookMs = 100;

export interface Drained {
  /** When requests took their slots. */
  readonly requests: readonly number[];
  /** Of each leaver, when it came and how long it waited for its request. */
  readonly leavers: readonly { readonly at: number; readonly waitMs: number }[];
}

/** Sends one request after the other. A leaver takes any free slot, or rides with the next request. */
export function drain({ budget, pace, durationMs, answerMs, lateMs, leavers, hasWork = () => true }: Backlog): Drained {
  const start = 1_800_000_000_000;
  let lane: Lane = idleLane;
  const requests: number[] = [];
  const sent: { at: number; waitMs: number }[] = [];
  for (let now = 0, readyAt = 0; now < durationMs; ) {
    const due = leavers.slice(sent.length).filter((at) => at <= now);
    const id = String(requests.length);
    const isUrgent = due.length > 0;
    if (!isUrgent && !hasWork(now)) {
      now += lookMs;
      continue;
    }
    const request = { id, operations: [], until: 0, pace: isUrgent ? "at-once" : pace } as const;
    const slot = takeSlot(lane, budget, request, start + now);
    if (slot.kind === "wait") {
      const until = slot.until - start;
      const again = until - now > longestSleepMs ? until + lateMs() : until;
      const nextLeaver = leavers[sent.length + due.length] ?? Number.POSITIVE_INFINITY;
      now = isUrgent ? again : Math.min(again, Math.max(nextLeaver, readyAt));
      continue;
    }
    requests.push(now);
    sent.push(...due.map((at) => ({ at, waitMs: now - at })));
    readyAt = now + answerMs;
    lane = closeRequest(slot.lane, id, start + readyAt);
    now = readyAt;
  }
  return { requests, leavers: sent };
}
