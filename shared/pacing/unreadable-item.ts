/** An event for logs about an item of the lane's own that cannot be read. */
export interface UnreadableItem {
  readonly kind: "unreadable item";
  /** Its partition key. */
  readonly item: string;
}
