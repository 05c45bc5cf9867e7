import type { LedgerRow } from "./row.ts";

/**
 * Until when Adobe may still apply what was sent of a parked operation, by its row: the lane may have forgotten a request
 * without an answer. In milliseconds since the epoch; 0 if nothing is open.
 *
 * @param openMs how long Adobe may still apply a request that it did not answer
 */
export function openUntil({ parked, progress }: LedgerRow, openMs: number): number {
  const { uncertain, lastFaultAt = 0 } = progress;
  if (parked?.reason === "unsettled") return parked.dueAt;
  // A suspect is not due before its last request can no longer be applied; if Adobe has answered that, it is due sooner.
  return parked?.reason === "suspect" && uncertain ? Math.min(lastFaultAt + openMs, parked.dueAt) : 0;
}
