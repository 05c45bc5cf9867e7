import fc from "fast-check";
import { expect, test } from "vitest";
import { type Counts, lastHour, type Tally, withCounts } from "../../../shared/pacing/tally.ts";
import { runs } from "../../support/runs.ts";

const minuteMs = 60_000;
const start = 1_800_000_000_000;
const codes = ["error.user.nonexistent", "constructor", "__proto__x", "adobe_failed", "a", "b", "c", "d"];

const news = fc.record({
  afterMs: fc.integer({ min: 0, max: 20 * minuteMs }),
  counts: fc.record({
    succeeded: fc.nat(10),
    failed: fc.dictionary(fc.constantFrom(...codes), fc.integer({ min: 1, max: 9 })),
    throttles: fc.nat(1),
  }),
});

const failures = ({ failed }: Counts) => Object.values(failed).reduce((sum, count) => sum + count, 0);
const total = (all: readonly Counts[]) => ({
  succeeded: all.reduce((sum, { succeeded }) => sum + succeeded, 0),
  failures: all.reduce((sum, counts) => sum + failures(counts), 0),
  throttles: all.reduce((sum, { throttles }) => sum + throttles, 0),
});

test("The last hour holds all of the last 55 minutes, nothing older than 60, and stays small", () => {
  fc.assert(
    fc.property(fc.array(news, { maxLength: 60 }), (all) => {
      let tally: Tally = [];
      let now = start;
      const past: { readonly at: number; readonly counts: Counts }[] = [];
      for (const { afterMs, counts } of all) {
        now += afterMs;
        tally = withCounts(tally, counts, now);
        past.push({ at: now, counts });
      }
      const told = lastHour(tally, now);
      const within = (ms: number) => total(past.filter(({ at }) => at > now - ms).map(({ counts }) => counts));
      for (const key of ["succeeded", "failures", "throttles"] as const) {
        const count = total([told])[key];
        expect(count).toBeGreaterThanOrEqual(within(55 * minuteMs)[key]);
        expect(count).toBeLessThanOrEqual(within(60 * minuteMs)[key]);
      }
      expect(tally.length).toBeLessThanOrEqual(13);
      for (const { failed } of tally) expect(failed.length).toBeLessThanOrEqual(6);
    }),
    { numRuns: runs(500) },
  );
});

test("A code is told by its name, and codes beyond the fifth of a span together", () => {
  const one = (code: string): Counts => ({ succeeded: 0, failed: { [code]: 1 }, throttles: 0 });
  let tally: Tally = [];
  for (const code of ["a", "b", "c", "d", "e", "f", "g", "a"]) tally = withCounts(tally, one(code), start);
  expect(lastHour(tally, start).failed).toEqual({ a: 2, b: 1, c: 1, d: 1, e: 1, other: 2 });
});
