/** The item of the ledger's table that holds the watermark, so that it is read with a batch's rows. */
export function watermarkKey(lane: string): string {
  return `leavers#${lane}`;
}
