import fc from "fast-check";
import { expect, test } from "vitest";
import { nextPause, requestTime } from "../../../shared/pacing/forecast.ts";
import { idleLane, type Lane, takeSlot } from "../../../shared/pacing/lane.ts";
import { naiveDueTime, naiveSlotTime } from "../../support/naive-spacing.ts";

const start = 1_800_000_000_000;

/** A lane whose slots count from these times before `start`, and whose next request is due so long after it. */
const paced = fc.record({
  budget: fc.record({ requests: fc.integer({ min: 1, max: 12 }), windowSeconds: fc.integer({ min: 1, max: 120 }) }),
  sent: fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 15 }),
  dueIn: fc.integer({ min: -20_000, max: 20_000 }),
});

interface Paced {
  readonly sent: readonly number[];
  readonly dueIn: number;
}

const laneOf = ({ sent, dueIn }: Paced): Lane => ({
  ...idleLane,
  slots: sent.map((ago, index) => ({ request: `r${index}`, countsFrom: start - ago })),
  dueAt: start + dueIn,
});

test("A request is expected when each before it has gone out as soon as it might", () => {
  fc.assert(
    fc.property(paced, fc.integer({ min: 0, max: 120 }), ({ budget, ...lane }, before) => {
      const countFrom = lane.sent.map((ago) => start - ago);
      let dueAt = start + lane.dueIn;
      let at = start;
      for (let request = 0; request <= before; request++) {
        at = naiveSlotTime({ countFrom, dueAt }, budget, at);
        countFrom.push(at);
        dueAt = naiveDueTime([at], budget, dueAt);
      }
      expect(requestTime(laneOf(lane), budget, before, start)).toBe(at);
    }),
  );
});

test("The next pause is where the lane itself gives no slot any more, and ends where it gives one again", () => {
  fc.assert(
    fc.property(paced, ({ budget, ...paced }) => {
      const pause = nextPause(laneOf(paced), budget, start);
      const request = { operations: [], until: start, pace: "spaced" } as const;
      let lane = laneOf(paced);
      for (let count = 0; count < pause.after; count++) {
        const slot = takeSlot(lane, budget, { id: `new${count}`, ...request }, start);
        if (slot.kind === "wait") throw new Error(`only ${count} of ${pause.after} may go at once`);
        lane = slot.lane;
      }
      const refused = takeSlot(lane, budget, { id: "next", ...request }, start);
      if (refused.kind === "taken") throw new Error(`more than ${pause.after} may go at once`);
      // What is sent just now counts from its answer, a moment later.
      expect(refused.until - pause.until).toBeGreaterThanOrEqual(0);
      expect(refused.until - pause.until).toBeLessThanOrEqual(1201);
    }),
  );
});
