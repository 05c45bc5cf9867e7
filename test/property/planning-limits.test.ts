import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PlannedRequest, plan } from "../../shared/planning/plan.ts";
import type { Slice, Work } from "../../shared/planning/slices.ts";
import { naivelyConflict } from "../support/naive-rules.ts";
import { arbitrarySizedCommand, singleWork } from "../support/operations.ts";
import { runs } from "../support/runs.ts";
import { requestsOf } from "../support/sent.ts";

const users = Array.from({ length: 12 }, (_, index) => `user-${index}@example.com`);

/** Ten messages as a batch holds them, some of which bear few beside themselves. */
const batches = fc
  .array(
    fc.record({
      command: arbitrarySizedCommand({ users, maxSteps: 3 }),
      most: fc.option(fc.constantFrom(1, 2, 5), { nil: undefined, freq: 2 }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((all) =>
    all.map(({ command, most }, at) => singleWork(`work-${at}`, command, most === undefined ? {} : { most })),
  );

const holdsForEveryBatch = (holds: (works: readonly Work[], requests: readonly PlannedRequest[]) => void) =>
  fc.assert(
    fc.property(batches, (works) => {
      holds(works, plan(works));
    }),
    { numRuns: runs(300) },
  );

const commandOf = ({ operations: [{ command }] }: Work) => command;
const worksConflict = (one: Work, other: Work) => naivelyConflict(commandOf(one), commandOf(other));
const mostOf = ({ parts }: Slice) => Math.min(...parts.map(({ operation }) => operation.progress.most ?? 10));

describe("work with a limit on the size of its requests", () => {
  test("shares requests only with other such work, and with no more than the lowest limit allows", () => {
    holdsForEveryBatch((works, requests) => {
      for (const { slices } of requests) {
        const least = Math.min(...slices.map(mostOf));
        expect(slices.length).toBeLessThanOrEqual(least);
        if (least < 10) for (const slice of slices) expect(mostOf(slice)).toBeLessThan(10);
      }
      expect(new Set(requests.flatMap(({ slices }) => slices.map(({ messageId }) => messageId))).size).toBe(
        works.length,
      );
    });
  });

  test("keeps its place among everything that it conflicts with", () => {
    holdsForEveryBatch((works, requests) => {
      for (const [index, later] of works.entries())
        for (const earlier of works.slice(0, index))
          if (worksConflict(earlier, later))
            expect(Math.max(...requestsOf(requests, earlier))).toBeLessThan(Math.min(...requestsOf(requests, later)));
    });
  });
});
