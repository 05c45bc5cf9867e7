/** The item of the ledger's table that holds the pause, so that it is read with a batch's rows. */
export function pauseKey(lane: string): string {
  return `pause#${lane}`;
}
