import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";

const countsSchema = z.object({
  succeeded: z.number(),
  /** How many operations failed, by code. */
  failed: z.record(z.string(), z.number()),
  /** How often Adobe answered 429. */
  throttles: z.number(),
});

export const tallySchema = z.array(z.extend(countsSchema, { since: z.number() }));

/** What became of operations, and how often Adobe throttled. */
export type Counts = Read<typeof countsSchema>;

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
  const current = tally.find((span) => span.since === since) ?? nothing;
  const others = tally.filter((span) => span.since !== since && isLate(span, now));
  return [...others, { ...sum(current, counts, mostCodes), since }];
}

/** What happened in the last hour; up to five minutes at its begin are left out. @param now milliseconds since the epoch */
export function lastHour(tally: Tally, now: number): Counts {
  return tally
    .filter((span) => isLate(span, now))
    .reduce((one: Counts, other) => sum(one, other, Number.POSITIVE_INFINITY), nothing);
}

function isLate({ since }: Tally[number], now: number): boolean {
  return since > now - rememberedMs;
}

function sum(one: Counts, other: Counts, mostCodes: number): Counts {
  const failed = new Map(Object.entries(one.failed));
  for (const [code, count] of Object.entries(other.failed)) {
    const name = failed.has(code) || failed.size < mostCodes ? code : otherCodes;
    failed.set(name, (failed.get(name) ?? 0) + count);
  }
  return {
    succeeded: one.succeeded + other.succeeded,
    failed: Object.fromEntries(failed),
    throttles: one.throttles + other.throttles,
  };
}
