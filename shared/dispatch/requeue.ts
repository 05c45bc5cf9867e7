import type { Delivery } from "./delivery.ts";

/** One change of a message's visibility. */
export interface Hide {
  readonly delivery: Pick<Delivery, "receiptHandle">;
  /** Whole seconds from now; SQS takes no fractions. */
  readonly seconds: number;
}

/**
 * A wait up to this is slept in the function, because SQS counts in whole seconds, and a lost second costs a request.
 */
export const longestSleepMs = 1000;

/**
 * Says how to hide messages, given in order, until a deadline. A FIFO group delivers nothing behind a hidden message,
 * so the first one decides when they come back. The others are hidden a second less, so that the batch is then whole.
 *
 * @param until milliseconds since the epoch; the part of a second before it is left to the next receiver
 */
export function hideUntil(deliveries: readonly Hide["delivery"][], until: number, now: number): Hide[] {
  const seconds = Math.max(1, Math.floor((until - now) / 1000));
  return deliveries.map((delivery, index) => ({ delivery, seconds: index === 0 ? seconds : seconds - 1 }));
}
