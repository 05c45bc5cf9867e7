/** The item of the ledger's table that holds the mark, so that it is read with a batch's rows. */
export function markKey(lane: string): string {
  return `room#${lane}`;
}
