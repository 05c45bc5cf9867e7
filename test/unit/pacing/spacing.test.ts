import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Budget, parseBudget } from "../../../shared/pacing/budget.ts";
import { idleLane, type Lane, takeSlot } from "../../../shared/pacing/lane.ts";
import { slotTime } from "../../../shared/pacing/spacing.ts";
import { type Backlog, drain } from "../../support/lane-backlog.ts";
import { runs } from "../../support/runs.ts";

const start = 1_800_000_000_000;
const hour = 60 * 60_000;

function budgetOf(text: string): Budget {
  const budget = parseBudget(text);
  if (budget === undefined) throw new Error(text);
  return budget;
}

/** A backlog at Adobe's own budget, for an hour, without leavers, with a dispatcher that is never late. */
const usual: Backlog = {
  budget: budgetOf("10/60"),
  pace: "spaced",
  durationMs: hour,
  answerMs: 200,
  lateMs: () => 0,
  leavers: [],
};

const each = (ms: number, from: number) => Array.from({ length: hour / ms }, (_, index) => from + index * ms);
const gaps = (times: readonly number[]) => times.slice(1).map((at, index) => at - (times[index] ?? at));
const longest = (times: readonly number[]) => Math.max(0, ...times);

/** Deterministic, uniform in [0, 1). */
function dice(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** How late a dispatcher is woken: never, by up to a second, or now and then by up to three. */
const lateness = {
  never: () => () => 0,
  somewhat: () => {
    const random = dice();
    return () => Math.floor(random() * 1000);
  },
  "now and then": () => {
    const random = dice();
    return () => (random() < 0.2 ? Math.floor(random() * 3000) : 0);
  },
};

describe("An idle lane", () => {
  test.each([
    ["10/60", 5],
    ["1/6", 1],
    ["3/3600", 2],
    ["7/60", 4],
    ["100/60", 50],
    ["200/6", 100],
  ])("of %s sends %i requests without a pause", (text, requests) => {
    const budget = budgetOf(text);
    let lane: Lane = idleLane;
    const times = Array.from({ length: requests + 1 }, (_, index) => {
      const request = { id: String(index), operations: [], until: 0, pace: "spaced" } as const;
      const slot = takeSlot(lane, budget, request, start);
      lane = slot.lane ?? lane;
      return slot.kind;
    });
    expect(times).toEqual([...Array(requests).fill("taken"), "wait"]);
  });

  test("sends the next when it is due, and then so that a leaver each 12 s finds a slot", () => {
    const { requests } = drain({ ...usual, answerMs: 0, durationMs: 61_000 });
    expect(requests.map((at) => at / 1000)).toEqual([0, 0, 0, 0, 0, 6, 12.201, 24.201, 36.201, 48.201, 60.201]);
  });
});

const budgets = ["10/60", "1/6", "3/3600", "5/60", "7/60", "20/60", "100/60", "200/6"];
const answers = [200, 2000];
const late = Object.keys(lateness) as (keyof typeof lateness)[];

describe("A backlog", () => {
  test.each(
    budgets.flatMap((text) => answers.flatMap((answerMs) => late.map((name) => [text, answerMs, name] as const))),
  )(
    "at %s, answered in %i ms, with a dispatcher late %s, goes on nearly as fast as slots allow",
    (text, answerMs, name) => {
      const budget = budgetOf(text);
      const durationMs = Math.max(hour / 4, 20 * budget.windowSeconds * 1000);
      const count = (pace: Backlog["pace"], leavers: readonly number[]) =>
        drain({ ...usual, budget, answerMs, durationMs, pace, leavers, lateMs: lateness[name]() }).requests.length;
      const ceiling = count("at-once", []);
      for (const leavers of [[], each(12_000, 5000)])
        expect(count("spaced", leavers)).toBeGreaterThanOrEqual(0.97 * ceiling);
    },
  );

  test.each(answers)("answered in %i ms is spaced: a leaver rides within 10 s", (answerMs) => {
    const { requests } = drain({ ...usual, answerMs });
    expect(longest(gaps(requests.filter((at) => at > 120_000)))).toBeLessThan(10_000);
  });

  test.each(answers.flatMap((answerMs) => late.map((name) => [answerMs, name] as const)))(
    "answered in %i ms, with a dispatcher late %s, lets 99 of 100 leavers go within 10 s, and each within 30 s of a burst",
    (answerMs, name) => {
      for (const from of [0, 1000, 3000, 5000, 7000, 9000, 11_000]) {
        const { leavers } = drain({ ...usual, answerMs, lateMs: lateness[name](), leavers: each(12_000, from) });
        const steady = leavers.filter(({ at }) => at > 120_000).map(({ waitMs }) => waitMs);
        const slow = steady.filter((ms) => ms > 10_000);
        expect(slow.length).toBeLessThanOrEqual(steady.length / 100);
        expect(longest(leavers.map(({ waitMs }) => waitMs))).toBeLessThanOrEqual(30_000);
      }
    },
  );
});

test("The slot that comes back when a request is due is left to leavers if the next one is far", () => {
  const freeAt = [6000, ...Array(8).fill(60_000)].map((ms) => start + ms);
  expect(slotTime({ freeAt, dueAt: start + 6000 }, usual.budget, "spaced", start)).toBe(start + 60_000 - 2 * 12_000);
});

test("Leavers, one each 12 s at most, go within 15 s, whenever they come and however other work comes and goes", () => {
  const spans = (from: number, to: number) =>
    fc.array(fc.integer({ min: from * 1000, max: to * 1000 }), { minLength: 20, maxLength: 60 });
  fc.assert(
    fc.property(spans(12, 60), spans(1, 100), fc.constantFrom(...answers), (between, pauses, answerMs) => {
      const leavers = sums(between);
      // Work waits until the first of these times, from the second to the third, and so on.
      const changes = sums(pauses);
      const hasWork = (now: number) => changes.filter((at) => at <= now).length % 2 === 0;
      const durationMs = longest(leavers) + 60_000;
      const sent = drain({ ...usual, answerMs, durationMs, leavers, hasWork }).leavers;
      expect(sent).toHaveLength(leavers.length);
      expect(longest(sent.map(({ waitMs }) => waitMs))).toBeLessThanOrEqual(15_000);
    }),
    { numRuns: runs(50) },
  );
});

const sums = (terms: readonly number[]) => terms.map((_, index) => terms.slice(0, index + 1).reduce((a, b) => a + b));

test("What an earlier version has stored has no time when the next is due: leavers find a slot all the same", () => {
  const slots = Array.from({ length: 7 }, (_, index) => ({ request: String(index), countsFrom: start }));
  const request = { id: "next", operations: [], until: 0, pace: "spaced" } as const;
  const answer = takeSlot({ ...idleLane, slots }, usual.budget, request, start);
  expect(answer).toEqual({ kind: "wait", reason: "budget", until: start + 60_001 - 3 * 12_000 });
});
