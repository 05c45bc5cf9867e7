import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";

/** What became of operations, and how often Adobe throttled. */
export interface Counts {
  readonly succeeded: number;
  /** How many operations failed, by code. */
  readonly failed: Readonly<Record<string, number>>;
  /** How often Adobe answered 429. */
  readonly throttles: number;
}

export const tallySchema = z.array(
  z.object({
    /** Milliseconds since the epoch. */
    since: z.number(),
    succeeded: z.number(),
    failed: z.array(z.object({ code: z.string(), operations: z.number() })),
    throttles: z.number(),
  }),
);

/**
 * What a lane has done lately, in spans of five minutes, the newest last. It stands in the lane's item, which each request
 * writes anyway, and is about 1 KB at most: thirteen spans of 60 bytes, more where operations fail.
 */
export type Tally = Read<typeof tallySchema>;

const minuteMs = 60_000;
const spanMs = 5 * minuteMs;
const rememberedMs = 60 * minuteMs;
/** Codes told apart in one span: Adobe's are texts of any length. */
const mostCodes = 5;
const otherCodes = "other";

const nothing: Counts = { succeeded: 0, failed: {}, throttles: 0 };

/** Adds what has just happened. @param now milliseconds since the epoch */
export function withCounts(tally: Tally, counts: Counts, now: number): Tally {
  const since = Math.floor(now / spanMs) * spanMs;
  const current = tally.find((span) => span.since === since);
  const others = tally.filter((span) => span.since !== since && isLate(span, now));
  const { failed, ...rest } = sum(current === undefined ? nothing : countsOf(current), counts, mostCodes);
  return [
    ...others,
    { since, ...rest, failed: Object.entries(failed).map(([code, operations]) => ({ code, operations })) },
  ];
}

/** What happened in the last hour; up to five minutes at its begin are left out. @param now milliseconds since the epoch */
export function lastHour(tally: Tally, now: number): Counts {
  return tally
    .filter((span) => isLate(span, now))
    .reduce((counts, span) => sum(counts, countsOf(span), Number.POSITIVE_INFINITY), nothing);
}

function isLate({ since }: Tally[number], now: number): boolean {
  return since > now - rememberedMs;
}

function countsOf({ succeeded, failed, throttles }: Tally[number]): Counts {
  return { succeeded, failed: Object.fromEntries(failed.map(({ code, operations }) => [code, operations])), throttles };
}

function sum(one: Counts, other: Counts, most: number): Counts {
  const failed = new Map(Object.entries(one.failed));
  for (const [code, count] of Object.entries(other.failed)) {
    const name = failed.has(code) || failed.size < most ? code : otherCodes;
    failed.set(name, (failed.get(name) ?? 0) + count);
  }
  return {
    succeeded: one.succeeded + other.succeeded,
    failed: Object.fromEntries(failed),
    throttles: one.throttles + other.throttles,
  };
}
