import type { Budget } from "./budget.ts";
import { type Lane, takenSlots } from "./lane.ts";

/**
 * When an action request will go out, if only the budget delays requests and every slot is used.
 *
 * @param before how many requests go out before it
 * @param start when the first may go out: now, or the end of a block. Milliseconds since the epoch, like the result
 */
export function requestTime(lane: Lane, budget: Budget, before: number, start: number): number {
  const taken = takenSlots(lane, budget, start);
  const free = budget.requests - taken.length;
  const slotTime = taken[(before % budget.requests) - free] ?? start;
  // Adobe's window may include both of its ends.
  return slotTime + Math.floor(before / budget.requests) * (budget.windowSeconds * 1000 + 1);
}

/** When the budget first delays a request, and how many go out before. */
export function nextPause(lane: Lane, budget: Budget, now: number): { readonly until: number; readonly after: number } {
  const after = budget.requests - takenSlots(lane, budget, now).length;
  return { until: requestTime(lane, budget, after, now), after };
}
