const second = 1000;
const minute = 60 * second;

/** Adobe's own walkthrough doubles from 15 s with up to 5 s of jitter. */
const firstMs = 15 * second;
const jitterMs = 5 * second;
/** At this cap, 14 days of failures are fewer receives than SQS allows (1,000). */
const longestBackoffMs = 30 * minute;

const shortestRetryAfterMs = 1 * second;
/** Blocks of up to 75 min are reported; beyond this, one request probes whether Adobe still means it. */
const longestRetryAfterMs = 120 * minute;
/** The longest wait between two tries that nobody asked for. */
export const longestBackoffSeconds = longestBackoffMs / second;
/** The longest that a lane is blocked, and a message hidden, before somebody tries again. */
export const longestBlockSeconds = longestRetryAfterMs / second;

/**
 * How long to wait after a failure.
 *
 * @param failures how many of its kind came in a row, this one included: 1 or more
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(failures: number, random: () => number): number {
  return Math.min(longestBackoffMs, firstMs * 2 ** (failures - 1) + Math.floor(random() * jitterMs));
}

/**
 * As `backoffMs`, replaced by what the other side asked for, from one second to two hours. From the fourth failure in a
 * row that is no longer believed to be long enough: at one second, a thousand receives would last minutes.
 *
 * @param retryAfterMs milliseconds, or undefined where nothing usable was said
 */
export function waitMs(failures: number, retryAfterMs: number | undefined, random: () => number): number {
  if (retryAfterMs === undefined) return backoffMs(failures, random);
  const wait = Math.min(longestRetryAfterMs, Math.max(shortestRetryAfterMs, retryAfterMs));
  return failures < 4 ? wait : Math.max(wait, backoffMs(failures - 3, random));
}
