const second = 1000;
const minute = 60 * second;

/** Adobe's own walkthrough doubles the wait from 15 s, with up to 5 s of jitter. */
const firstMs = 15 * second;
const jitterMs = 5 * second;
/** At this cap, 14 days of failures take fewer receives than the queue allows (1,000). */
const longestBackoffMs = 30 * minute;

const shortestRetryAfterMs = 1 * second;
/** Users report blocks of up to 75 min. After this time one request tests whether Adobe still blocks. */
const longestRetryAfterMs = 120 * minute;
/** The longest wait between two tries if Adobe asked for none. */
export const longestBackoffSeconds = longestBackoffMs / second;
/** The longest time that a lane is blocked, and a message hidden, before the next try. */
export const longestBlockSeconds = longestRetryAfterMs / second;

/**
 * How long to wait after a failure.
 *
 * @param failures how many failures of this kind came in a row, this one included: 1 or more
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(failures: number, random: () => number): number {
  return Math.min(longestBackoffMs, firstMs * 2 ** (failures - 1) + Math.floor(random() * jitterMs));
}

/**
 * The wait that the other side asked for, from one second to two hours, or else that of `backoffMs`. From the fourth
 * failure in a row the wait grows all the same: at one second each, a thousand receives would last minutes.
 *
 * @param retryAfterMs milliseconds; undefined if the answer had nothing usable
 */
export function waitMs(failures: number, retryAfterMs: number | undefined, random: () => number): number {
  if (retryAfterMs === undefined) return backoffMs(failures, random);
  const wait = Math.min(longestRetryAfterMs, Math.max(shortestRetryAfterMs, retryAfterMs));
  return failures < 4 ? wait : Math.max(wait, backoffMs(failures - 3, random));
}
