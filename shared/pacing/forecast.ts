import type { Budget } from "./budget.ts";
import { type Lane, takenSlots } from "./lane.ts";

/**
 * When an action request goes out, if nothing but the budget holds requests up and every slot is used.
 *
 * @param before how many requests go out before it
 * @param start from when on they may: now, or the end of a block. Milliseconds since the epoch, as the result
 */
export function requestTime(lane: Lane, budget: Budget, before: number, start: number): number {
  const taken = takenSlots(lane, budget, start);
  const free = budget.requests - taken.length;
  const slotTime = taken[(before % budget.requests) - free] ?? start;
  // Adobe's window may include both its ends.
  return slotTime + Math.floor(before / budget.requests) * (budget.windowSeconds * 1000 + 1);
}

/** When the budget first holds a request up, and how many go out until then. */
export function nextPause(lane: Lane, budget: Budget, now: number): { readonly until: number; readonly after: number } {
  const after = budget.requests - takenSlots(lane, budget, now).length;
  return { until: requestTime(lane, budget, after, now), after };
}
