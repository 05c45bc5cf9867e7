import * as z from "zod/mini";
import { type Fault, instead, kindOf, pointerTo } from "../umapi/fault.ts";
import { isObject } from "../umapi/unchecked.ts";

/** An operation may be scheduled at most this far ahead. */
export const mostDaysAhead = 400;
const dayMs = 24 * 60 * 60 * 1000;

const key = "notBefore";
const expected = "a time with its offset from UTC (RFC 3339), such as 2027-01-31T18:00:00+01:00";

/** A submitted operation, split into Adobe's command and our own field. */
export interface Parted {
  /** Still unchecked. */
  readonly command: unknown;
  /** Milliseconds since the epoch; absent if it was not given, or is invalid. */
  readonly notBefore?: number;
  readonly faults: readonly Fault[];
}

/**
 * Splits `notBefore` off an operation.
 *
 * @param at the pointer to the operation in the body
 * @param now milliseconds since the epoch
 */
export function partNotBefore(value: unknown, at: string, now: number): Parted {
  if (!isObject(value)) return { command: value, faults: [] };
  const given = Object.keys(value).filter((name) => /^not[_-]?before$/i.test(name));
  if (given.length === 0) return { command: value, faults: [] };
  const command = Object.fromEntries(Object.entries(value).filter(([name]) => !given.includes(name)));
  if (given.some((name) => name !== key))
    return { command, faults: [{ pointer: at, detail: `an unknown key (perhaps ${key} in other letters)` }] };
  const read = readTime(value[key], now);
  if (typeof read === "number") return { command, notBefore: read, faults: [] };
  return { command, faults: [{ pointer: pointerTo(at, [key]), detail: read }] };
}

const rfc3339 = z.iso.datetime({ offset: true });

/** @returns milliseconds since the epoch, or what is wrong */
function readTime(value: unknown, now: number): number | string {
  if (typeof value !== "string") return instead(value, expected);
  const text = value.toUpperCase();
  const hasSeconds = /T\d{2}:\d{2}:\d{2}/.test(text);
  if (hasSeconds && rfc3339.safeParse(`${text}Z`).success) return `a time without an offset; expected ${expected}`;
  if (!hasSeconds || !rfc3339.safeParse(text).success)
    return `${kindOf(value)} that is not a time; expected ${expected}`;
  const time = Date.parse(text);
  if (time <= now + mostDaysAhead * dayMs) return time;
  return `a time more than ${mostDaysAhead} days ahead; expected one within ${mostDaysAhead} days from now`;
}
