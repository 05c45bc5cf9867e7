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
  return parked?.reason === "suspect" && uncertain ? lastFaultAt + openMs : 0;
}
