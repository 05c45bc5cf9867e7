import type { Waiting } from "../operations/operation.ts";
import { duration, relative, timeOfDay } from "./text.ts";

const causes: Readonly<Record<string, string>> = {
  throttled: "for Adobe's throttle",
  budget: "for Adobe's limit",
  "adobe-unavailable": "for Adobe, which is not available",
  "credentials-refused": "for other credentials: Adobe refuses these",
  "credentials-unreadable": "for usable credentials in the secret",
  held: "after a failure",
};

/** For example `waits for Adobe's throttle`. */
export function waitOf({ reason }: Pick<Waiting, "reason">): string {
  return `waits ${causes[reason] ?? `for ${reason}`}`;
}

/**
 * For example `next try at 12:03:20`.
 *
 * @param format of a time in ISO 8601. @default - that of the day
 * @returns nothing where that is not known
 */
export function nextTry({ until }: Waiting, format: (time: string) => string = onTheClock): string[] {
  return until === undefined ? [] : [`next try at ${format(until)}`];
}

/** For example `waits for Adobe's throttle, next try at 12:03:20`. @param format as for `nextTry` */
export function waitingFor(waiting: Waiting, format?: (time: string) => string): string {
  return [waitOf(waiting), ...nextTry(waiting, format)].join(", ");
}

/**
 * For example `about 12 min left`: until an operation is expected to be sent, by the service's own reckoning.
 *
 * @returns nothing where that is not known
 */
export function timeLeft(waiting: Waiting | undefined, now: number): string[] {
  const leftMs = waiting?.expectedAt === undefined ? 0 : Date.parse(waiting.expectedAt) - now;
  return leftMs > 0 ? [`about ${duration(leftMs)} left`] : [];
}

/** What the whole queue waits for, if one of its operations tells. @param now milliseconds since the epoch */
export function queueWaits(waiting: Waiting | undefined, now: number): string | undefined {
  if (waiting === undefined || isOwn(waiting)) return undefined;
  return `The queue ${waitingFor(waiting, (time) => `${onTheClock(time)}, ${relative(time, now)}`)}.`;
}

/** Whether the operation waits by itself, and not with the whole queue. */
export function isOwn({ reason }: Pick<Waiting, "reason">): boolean {
  return reason === "held";
}

const onTheClock = (time: string) => timeOfDay(Date.parse(time));
