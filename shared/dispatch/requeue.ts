import type { Delivery } from "./delivery.ts";

/** One change of a message's visibility. */
export interface Hide {
  readonly delivery: Delivery;
  /** Whole seconds from now, as SQS takes them. */
  readonly seconds: number;
}

/** A wait up to this is slept in the function, because SQS counts in whole seconds and a second is worth a request. */
export const longestSleepMs = 1000;

/**
 * How to hide messages, given in order, until a deadline. A FIFO group hands out nothing behind a hidden message, so the
 * first decides when they come back; the others are hidden a second less, so that the batch is whole when it does.
 *
 * @param until milliseconds since the epoch; the part of a second before it is left to the next receiver
 */
export function hideUntil(deliveries: readonly Delivery[], until: number, now: number): Hide[] {
  const seconds = Math.max(1, Math.floor((until - now) / 1000));
  return deliveries.map((delivery, index) => ({ delivery, seconds: index === 0 ? seconds : seconds - 1 }));
}
