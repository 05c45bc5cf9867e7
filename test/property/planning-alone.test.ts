import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PlannedRequest, plan } from "../../shared/planning/plan.ts";
import type { Work } from "../../shared/planning/slices.ts";
import { naivelyConflict } from "../support/naive-rules.ts";
import { arbitrarySizedCommand, singleWork } from "../support/operations.ts";
import { runs } from "../support/runs.ts";
import { requestsOf } from "../support/sent.ts";

const users = Array.from({ length: 12 }, (_, index) => `user-${index}@example.com`);

/** Ten messages as a batch holds them, some of which Adobe failed at before. */
const batches = fc
  .array(
    fc.record({
      command: arbitrarySizedCommand({ users, maxSteps: 3 }),
      faults: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 5 }) }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((all) =>
    all.map(({ command, faults }, at) => singleWork(`work-${at}`, command, { faults, alone: faults >= 2 })),
  );

const holdsForEveryBatch = (holds: (works: readonly Work[], requests: readonly PlannedRequest[]) => void) =>
  fc.assert(
    fc.property(batches, (works) => {
      holds(works, plan(works));
    }),
    { numRuns: runs(300) },
  );

const commandOf = ({ operations: [{ command }] }: Work) => command;
const progressOf = ({ operations: [{ progress }] }: Work) => progress;
const worksConflict = (one: Work, other: Work) => naivelyConflict(commandOf(one), commandOf(other));

/** Work that is to travel alone, and what comes behind such work because it conflicts with it. */
function waitingBehind(works: readonly Work[]): Work[] {
  const waiting: Work[] = [];
  for (const work of works)
    if (progressOf(work).alone || waiting.some((other) => worksConflict(other, work))) waiting.push(work);
  return waiting;
}

describe("work that Adobe failed at before", () => {
  test("travels in requests of its own", () => {
    holdsForEveryBatch((works, requests) => {
      for (const { slices } of requests)
        if (slices.some(({ parts }) => parts.some(({ operation }) => operation.progress.alone)))
          expect(slices.length).toBe(1);
      expect(new Set(requests.flatMap(({ slices }) => slices.map(({ messageId }) => messageId))).size).toBe(
        works.length,
      );
    });
  });

  test("travels after all that need not wait for it", () => {
    holdsForEveryBatch((works, requests) => {
      const waiting = waitingBehind(works);
      const free = works.filter((work) => !waiting.includes(work));
      const last = Math.max(-1, ...free.flatMap((work) => requestsOf(requests, work)));
      for (const work of waiting.filter((each) => progressOf(each).alone))
        for (const request of requestsOf(requests, work)) expect(request).toBeGreaterThan(last);
    });
  });

  test("travels the later the more often it failed, where no order is at stake", () => {
    holdsForEveryBatch((works, requests) => {
      const waiting = waitingBehind(works);
      const unbound = waiting.filter((work) => !waiting.some((other) => other !== work && worksConflict(other, work)));
      for (const one of unbound)
        for (const other of unbound)
          if (progressOf(one).faults < progressOf(other).faults)
            expect(Math.max(...requestsOf(requests, one))).toBeLessThan(Math.min(...requestsOf(requests, other)));
    });
  });

  test("keeps its place among all that it conflicts with", () => {
    holdsForEveryBatch((works, requests) => {
      for (const [index, later] of works.entries())
        for (const earlier of works.slice(0, index))
          if (worksConflict(earlier, later))
            expect(Math.max(...requestsOf(requests, earlier))).toBeLessThan(Math.min(...requestsOf(requests, later)));
    });
  });
});
