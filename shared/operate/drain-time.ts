import { beingSent, isForeseeable } from "../ledger/waiting.ts";
import type { Budget } from "../pacing/budget.ts";
import { requestTime } from "../pacing/forecast.ts";
import { blockAt, type Lane } from "../pacing/lane.ts";
import { maxCommandsPerRequest } from "../planning/plan.ts";

/**
 * When the last of so many operations is expected to be sent, ten to a request, at the budget's pace.
 *
 * @param going how many may go; undefined if nobody knows
 * @param now milliseconds since the epoch, as the result
 * @returns undefined where there is none, or nobody can know
 */
export function drainTime(lane: Lane, budget: Budget, going: number | undefined, now: number): number | undefined {
  if (going === undefined || going <= 0) return undefined;
  const block = blockAt(lane, now);
  if (block !== undefined && !isForeseeable(block.reason)) return undefined;
  const requests = Math.ceil((going - beingSent(lane, now)) / maxCommandsPerRequest);
  return requests <= 0 ? now : requestTime(lane, budget, requests - 1, block?.until ?? now);
}
