import type { Waiting } from "../../shared/api/operation.ts";
import { ownReasons } from "../../shared/api/wait-reasons.ts";
import { duration, relative, timeOfDay } from "./text.ts";

const causes: Readonly<Record<string, string>> = {
  throttled: "for Adobe's throttle",
  budget: "for Adobe's limit",
  "adobe-unavailable": "for Adobe, which is not available",
  "credentials-refused": "for other credentials: Adobe refuses these",
  "credentials-unreadable": "for usable credentials in the secret",
  held: "after a failure",
  suspect: "for proof that it is not what makes Adobe fail",
  unsettled: "for the result of its last try, which Adobe did not answer",
  behind: "for another operation on the same user or group",
  "removal-limit": "for somebody to release or cancel it: umapi removals",
  scheduled: "for its day",
  paused: "for somebody to resume the lane",
};

/** For example `waits for Adobe's throttle`. */
export function waitOf({ reason, behind }: Pick<Waiting, "reason" | "behind">): string {
  return `waits ${causes[reason] ?? `for ${reason}`}${behind === undefined ? "" : ` (${behind})`}`;
}

/**
 * For example `next try at 12:03:20`.
 *
 * @param format of a time in ISO 8601. @default - that of the day
 * @returns nothing if that is not known
 */
export function nextTry({ until, reason }: Waiting, format: (time: string) => string = onTheClock): string[] {
  if (until === undefined) return [];
  // A scheduled day may be far off, so the time of day is not enough.
  if (reason === "scheduled") return [`due at ${format === onTheClock ? until : format(until)}`];
  return [`next try at ${format(until)}`];
}

/** For example `waits for Adobe's throttle, next try at 12:03:20`. @param format as for `nextTry` */
export function waitingFor(waiting: Waiting, format?: (time: string) => string): string {
  return [waitOf(waiting), ...nextTry(waiting, format)].join(", ");
}

/**
 * For example `about 12 min left`: until an operation is expected to be sent, as the service estimates.
 *
 * @returns nothing if that is not known
 */
export function timeLeft(waiting: Waiting | undefined, now: number): string[] {
  const leftMs = waiting?.expectedAt === undefined ? 0 : Date.parse(waiting.expectedAt) - now;
  return leftMs > 0 ? [`about ${duration(leftMs)} left`] : [];
}

/** What the whole queue waits for, taken from one of its operations. @param now milliseconds since the epoch */
export function queueWaits(waiting: Waiting | undefined, now: number): string | undefined {
  if (waiting === undefined || isOwn(waiting)) return undefined;
  return `The queue ${waitingFor(waiting, (time) => `${onTheClock(time)}, ${relative(time, now)}`)}.`;
}

/** Whether the operation waits in the waiting room, and not with the whole queue. */
export function isOwn({ reason }: Pick<Waiting, "reason">): boolean {
  return ownReasons.some((own) => own === reason);
}

const onTheClock = (time: string) => timeOfDay(Date.parse(time));
