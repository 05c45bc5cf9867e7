import { maxCountedAhead } from "../operation/limits.ts";
import type { Operation } from "../operation/operation.ts";
import { orderOf } from "./item.ts";
import type { Listing } from "./listing-dynamo.ts";

export interface AheadServices {
  readonly listing: Listing;
  /** About how many messages the lane's queue holds; undefined if SQS does not tell. */
  readonly queueDepth: () => Promise<number | undefined>;
}

/**
 * About how many operations stand before a queued one. It counts those before it or, if they are too many, those behind
 * it, and subtracts these from the depth of the queue. So it costs at most two short queries, however long the queue
 * is.
 *
 * @returns `maxCountedAhead` for that many or more
 */
export async function aheadOf(operation: Operation, { listing, queueDepth }: AheadServices): Promise<number> {
  const { id, generation, acceptedAt, queuedAt } = operation;
  // A retried operation stands at the end of the order, but is still listed where it was accepted.
  const isRetried = generation > 0;
  const place = orderOf(isRetried ? queuedAt : acceptedAt, id);
  const before = await listing.countQueued("before", place, maxCountedAhead);
  if (before < maxCountedAhead) return isRetried ? Math.max(0, before - 1) : before;
  const [behind, depth] = await Promise.all([listing.countQueued("behind", place, maxCountedAhead), queueDepth()]);
  return depth === undefined || behind === maxCountedAhead
    ? maxCountedAhead
    : Math.max(maxCountedAhead + 1, depth - behind - 1);
}
