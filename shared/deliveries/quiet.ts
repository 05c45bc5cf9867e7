/** An event on a record is often followed by another, such as `created` by `updated`. */
const quietMs = 2000;
/** A leaver must not wait for more than five seconds; SQS rounds to whole ones. */
const longestMs = 4000;

/**
 * How long to wait before a record is read, so that events that come together are one read after the last.
 *
 * @param receivedAt when the deliveries that are known by now came, by another machine's clock
 * @returns milliseconds; 0 or less if it can be read
 */
export function quietMsLeft(receivedAt: readonly number[], now: number): number {
  const until = Math.min(Math.max(...receivedAt) + quietMs, Math.min(...receivedAt) + longestMs);
  return Math.min(quietMs, until - now);
}
