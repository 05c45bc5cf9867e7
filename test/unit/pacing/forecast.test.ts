import fc from "fast-check";
import { expect, test } from "vitest";
import { nextPause, requestTime } from "../../../shared/pacing/forecast.ts";
import { idleLane, type Lane, takeSlot } from "../../../shared/pacing/lane.ts";

const start = 1_800_000_000_000;

/** A lane that has sent at these times before `start`, in milliseconds, and a budget. */
const paced = fc.record({
  budget: fc.record({ requests: fc.integer({ min: 1, max: 12 }), windowSeconds: fc.integer({ min: 1, max: 120 }) }),
  sent: fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 15 }),
});

const laneOf = (sent: readonly number[]): Lane => ({
  ...idleLane,
  slots: sent.map((ago, index) => ({ request: `r${index}`, countsFrom: start - ago })),
});

test("A request is expected when each before it has taken the first slot that was free", () => {
  fc.assert(
    fc.property(paced, fc.integer({ min: 0, max: 60 }), ({ budget, sent }, before) => {
      const windowMs = budget.windowSeconds * 1000 + 1;
      const leaving = sent.map((ago) => start - ago + windowMs).filter((time) => time > start);
      let slots = [...Array(budget.requests).fill(start), ...leaving].toSorted((one, other) => one - other);
      slots = slots.slice(-budget.requests);
      let at = start;
      for (let request = 0; request <= before; request++) {
        at = slots.shift() ?? start;
        slots = [...slots, at + windowMs].toSorted((one, other) => one - other);
      }
      expect(requestTime(laneOf(sent), budget, before, start)).toBe(at);
    }),
  );
});

test("The next pause is where the lane itself gives no slot any more, and ends where it gives one again", () => {
  fc.assert(
    fc.property(paced, ({ budget, sent }) => {
      const pause = nextPause(laneOf(sent), budget, start);
      let lane = laneOf(sent);
      for (let request = 0; request < pause.after; request++) {
        const taken = takeSlot(lane, budget, { id: `new${request}`, operations: [], until: start }, start);
        if (taken.kind === "wait") throw new Error(`only ${request} of ${pause.after} slots are free`);
        lane = taken.lane;
      }
      const refused = takeSlot(lane, budget, { id: "next", operations: [], until: start }, start);
      if (refused.kind === "taken") throw new Error(`more than ${pause.after} slots are free`);
      // What is sent just now counts from its answer, a moment later.
      expect(refused.until - pause.until).toBeGreaterThanOrEqual(0);
      expect(refused.until - pause.until).toBeLessThanOrEqual(1201);
    }),
  );
});
