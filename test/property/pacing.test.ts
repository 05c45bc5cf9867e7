import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs, waitMs } from "../../shared/pacing/backoff.ts";
import type { Budget } from "../../shared/pacing/budget.ts";
import { closeRequest, idleLane, type Lane, type LaneNews, learn, takeSlot } from "../../shared/pacing/lane.ts";
import type { Pace } from "../../shared/pacing/spacing.ts";
import { naiveDueTime, naiveSlotTime } from "../support/naive-spacing.ts";
import { runs } from "../support/runs.ts";

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const asked = fc.option(fc.double(), { nil: undefined });
const failures = fc.integer({ min: 1, max: 100_000 });

describe("waits", () => {
  test("after failures grow to 30 min and stay there", () => {
    fc.assert(
      fc.property(failures, unit, (count, random) => {
        const wait = backoffMs(count, () => random);
        expect(wait).toBeGreaterThanOrEqual(Math.min(1_800_000, 15_000 * 2 ** (count - 1)));
        expect(wait).toBeLessThanOrEqual(Math.min(1_800_000, 15_000 * 2 ** (count - 1) + 5000));
      }),
    );
  });

  test("on request are between one second and two hours", () => {
    fc.assert(
      fc.property(failures, asked, unit, (count, ms, random) => {
        fc.pre(!Number.isNaN(ms));
        for (const wait of [waitMs(count, ms, () => random)]) {
          expect(wait).toBeGreaterThanOrEqual(1000);
          expect(wait).toBeLessThanOrEqual(7_200_000);
        }
      }),
    );
  });
});

/** What becomes of one invocation's attempt to send: milliseconds all. */
interface Attempt {
  /** Since the attempt before. */
  readonly pause: number;
  /** How far this invocation's clock is ahead of true time. */
  readonly clockAhead: number;
  /** From the slot to the arrival at Adobe. */
  readonly way: number;
  /** From the arrival to the end; undefined where the invocation dies. */
  readonly answerAfter: number | undefined;
  /** What its end says about the lane. */
  readonly news: LaneNews | undefined;
  /** Without a slot: whether it waits as long as it was told, or gives up. */
  readonly isPatient: boolean;
  readonly pace: Pace;
}

const news = fc.oneof<fc.Arbitrary<LaneNews | undefined>[]>(
  fc.constant({ kind: "success" }),
  fc.constant(undefined),
  fc.record({ kind: fc.constant("throttled" as const), retryAfterMs: fc.integer({ min: 0, max: 90_000 }) }),
  fc.constant({ kind: "adobe-unavailable" }),
);

const anyPace = fc.constantFrom<Pace>("spaced", "at-once");

const attempts = (clockAhead: fc.Arbitrary<number>, pace: fc.Arbitrary<Pace> = anyPace): fc.Arbitrary<Attempt[]> =>
  fc.array(
    fc.record({
      pause: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 9000 })),
      clockAhead,
      way: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(0, 1000)),
      answerAfter: fc.option(fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 130_000 })), {
        freq: 8,
        nil: undefined,
      }),
      news: fc.oneof(
        { weight: 6, arbitrary: fc.constant<LaneNews>({ kind: "success" }) },
        { weight: 1, arbitrary: news },
      ),
      isPatient: fc.boolean(),
      pace,
    }),
    { minLength: 30, maxLength: 60 },
  );

const budgets = fc.oneof(
  fc.record({ requests: fc.integer({ min: 1, max: 5 }), windowSeconds: fc.constantFrom(1, 5, 60) }),
  fc.constantFrom(
    { requests: 10, windowSeconds: 60 },
    { requests: 1, windowSeconds: 6 },
    { requests: 3, windowSeconds: 3600 },
    { requests: 100, windowSeconds: 60 },
    { requests: 200, windowSeconds: 6 },
  ),
);

interface Sent {
  readonly takenAt: number;
  readonly arrivedAt: number;
  /** When the lane came to know the end. */
  readonly endedAt: number | undefined;
}

/** Lets the attempts happen one after another in true time, while answers come in between. */
function run(budget: Budget, all: readonly Attempt[], observe: (refusal: Refusal) => void = () => {}): Sent[] {
  let lane: Lane = idleLane;
  let time = 1_800_000_000_000;
  const sent: Sent[] = [];
  const due: { at: number; apply: () => void }[] = [];
  const settle = (until: number) => {
    due.sort((one, other) => one.at - other.at);
    while ((due[0]?.at ?? Number.POSITIVE_INFINITY) <= until) due.shift()?.apply();
  };
  for (const [index, { pause, clockAhead, way, answerAfter, news, isPatient, pace }] of all.entries()) {
    time += pause;
    settle(time);
    const id = `request-${index}`;
    const ask = () => {
      const now = time + clockAhead;
      return takeSlot(lane, budget, { id, operations: [], until: now + 135_000, pace }, now);
    };
    let answer = ask();
    if (answer.kind === "wait") {
      observe({ now: time, until: answer.until, reason: answer.reason, pace, lane, sent: [...sent] });
      if (!isPatient) continue;
      time = answer.until - clockAhead;
      settle(time);
      answer = ask();
      if (answer.kind === "wait") continue;
    }
    ({ lane } = answer);
    const arrivedAt = time + way;
    const endedAt = answerAfter === undefined ? undefined : arrivedAt + answerAfter;
    sent.push({ takenAt: time, arrivedAt, endedAt });
    if (endedAt !== undefined)
      due.push({
        at: endedAt,
        apply: () => {
          lane = learn(closeRequest(lane, id, endedAt + clockAhead), news, endedAt + clockAhead, () => 0);
        },
      });
  }
  return sent;
}

interface Refusal {
  readonly now: number;
  readonly until: number;
  readonly reason: string;
  readonly pace: Pace;
  readonly lane: Lane;
  readonly sent: readonly Sent[];
}

describe("the lane", () => {
  test("lets no more requests reach Adobe than the budget has, in any window, though clocks differ by 0.2 s", () => {
    fc.assert(
      fc.property(budgets, attempts(fc.integer({ min: -100, max: 100 })), (budget, all) => {
        const arrivals = run(budget, all)
          .map(({ arrivedAt }) => arrivedAt)
          .sort((one, other) => one - other);
        for (const [index, at] of arrivals.entries()) {
          const next = arrivals[index + budget.requests];
          // Both ends of the window belong to it.
          if (next !== undefined) expect(next - at).toBeGreaterThan(budget.windowSeconds * 1000);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  test("makes an urgent request wait no longer than the window, and 1.2 s from a slot or 0.2 s from its answer", () => {
    fc.assert(
      fc.property(budgets, attempts(fc.constant(0), fc.constant("at-once")), (budget, all) => {
        const windowMs = budget.windowSeconds * 1000;
        run(budget, all, ({ now, until, reason, sent }) => {
          if (reason !== "budget") return;
          const frees = sent.map(({ takenAt, endedAt }) => {
            const known = endedAt !== undefined && endedAt <= now ? endedAt + 200 : Number.POSITIVE_INFINITY;
            return Math.min(takenAt + 1200, known) + windowMs + 1;
          });
          const counting = frees.filter((at) => at > now).toSorted((one, other) => one - other);
          expect(counting.length).toBe(budget.requests);
          expect(until).toBe(counting[0]);
        });
      }),
      { numRuns: runs(200) },
    );
  });

  test("makes ordinary work wait until the first time that leaves enough slots for leavers", () => {
    fc.assert(
      fc.property(budgets, attempts(fc.constant(0)), (budget, all) => {
        run(budget, all, ({ now, until, reason, pace, lane, sent }) => {
          if (reason !== "budget" || pace === "at-once") return;
          const countFrom = lane.slots.map(({ countsFrom }) => countsFrom);
          const taken = sent.map(({ takenAt }) => takenAt);
          const dueAt = naiveDueTime(taken, budget);
          expect(until).toBe(naiveSlotTime({ countFrom, dueAt }, budget, now));
        });
      }),
      { numRuns: runs(200) },
    );
  });

  test("makes nothing wait longer than until less than half of the budget is taken, nor than a window and 1.2 s", () => {
    fc.assert(
      fc.property(budgets, attempts(fc.constant(0)), (budget, all) => {
        run(budget, all, ({ now, until, reason, lane }) => {
          if (reason !== "budget") return;
          const windowMs = budget.windowSeconds * 1000;
          const frees = lane.slots.map(({ countsFrom }) => countsFrom + windowMs + 1).filter((at) => at > now);
          const [half = now] = frees.toSorted((one, other) => one - other).slice(-Math.ceil(budget.requests / 2));
          expect(until).toBeLessThanOrEqual(half);
          expect(until - now).toBeLessThanOrEqual(windowMs + 1201);
        });
      }),
    );
  });

  test("sends nothing before the end of a block, and says so", () => {
    fc.assert(
      fc.property(budgets, attempts(fc.constant(0)), (budget, all) => {
        run(budget, all, ({ now, until, reason, lane }) => {
          expect(until).toBeGreaterThan(now);
          if (reason !== "budget") expect({ until, reason }).toEqual(lane.block);
          else expect(lane.block?.until ?? 0).toBeLessThanOrEqual(now);
        });
      }),
    );
  });

  test("lets a request out at the announced time, if none came before and nothing else happened", () => {
    fc.assert(
      fc.property(budgets, attempts(fc.constant(0)), (budget, all) => {
        run(budget, all, ({ until, lane, pace }) => {
          const answer = takeSlot(lane, budget, { id: "probe", operations: [], until, pace }, until);
          // A block may end while the budget is still used up; the budget is never used up twice.
          if (answer.kind === "wait") expect([answer.reason, lane.block?.until]).toEqual(["budget", until]);
        });
      }),
    );
  });
});
