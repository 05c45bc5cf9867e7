/** The item of the ledger's table that holds what a lane remembers of removals. */
export function removalsKey(lane: string): string {
  return `removals#${lane}`;
}
