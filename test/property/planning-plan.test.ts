import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Operation } from "../../shared/operation/operation.ts";
import { join } from "../../shared/planning/join.ts";
import { type PlannedRequest, plan } from "../../shared/planning/plan.ts";
import type { Work } from "../../shared/planning/slices.ts";
import { entriesOf, isCreate, isRemoval, isRename, naivelyConflict, rootOf } from "../support/naive-rules.ts";
import { arbitraryOperations, workOf } from "../support/operations.ts";
import { runs } from "../support/runs.ts";
import { askedDeeds, requestsOf, sentDeeds } from "../support/sent.ts";

interface Call {
  readonly operations: readonly Operation[];
  readonly works: readonly Work[];
  readonly requests: readonly PlannedRequest[];
}

const operations = fc.oneof(
  arbitraryOperations(),
  // Few names, so that much is joined and much conflicts.
  arbitraryOperations({ users: ["ada@example.com"], groups: ["Design"] }, 8),
  // Many names, so that requests fill up.
  arbitraryOperations(
    { users: Array.from({ length: 30 }, (_, index) => `user-${index}@example.com`), maxSteps: 2 },
    30,
  ),
);

const calls: fc.Arbitrary<Call> = operations.map((all) => {
  const works = join(all, 128 * 1024).map((joined, index) => workOf(`message-${index}`, joined));
  return { operations: all, works, requests: plan(works) };
});

const holdsForEveryCall = (holds: (call: Call) => void) => fc.assert(fc.property(calls, holds), { numRuns: runs(150) });

const worksConflict = (one: Work, other: Work) =>
  one.operations.some(({ command }) => other.operations.some((theirs) => naivelyConflict(command, theirs.command)));

describe("the plan of a call", () => {
  test("sends every step of every operation exactly once, in the caller's order", () => {
    holdsForEveryCall(({ operations, requests }) => {
      const sent = sentDeeds(requests);
      expect(sent.size).toBe(operations.length);
      for (const operation of operations)
        expect(sent.get(operation.id)?.map(({ deed }) => deed)).toEqual(askedDeeds(operation));
    });
  });

  test("sends operations that conflict one after the other: in a later request, or later in one command", () => {
    holdsForEveryCall(({ operations, requests }) => {
      const sent = sentDeeds(requests);
      for (const [index, later] of operations.entries())
        for (const earlier of operations.slice(0, index)) {
          if (!naivelyConflict(earlier.command, later.command)) continue;
          const [request, command, step] = sent.get(earlier.id)?.at(-1)?.place ?? [0, 0, 0];
          const [nextRequest, nextCommand, nextStep] = sent.get(later.id)?.at(0)?.place ?? [0, 0, 0];
          const isSameCommand = request === nextRequest && command === nextCommand;
          expect(isSameCommand ? nextStep > step : nextRequest > request).toBe(true);
        }
    });
  });

  test("keeps to Adobe's sizes: 10 commands a request, 10 steps a command, 10 memberships a step", () => {
    holdsForEveryCall(({ requests }) => {
      for (const { slices } of requests) {
        expect(slices.length).toBeGreaterThan(0);
        expect(slices.length).toBeLessThanOrEqual(10);
        for (const { command } of slices) {
          expect(command.do.length).toBeGreaterThan(0);
          expect(command.do.length).toBeLessThanOrEqual(10);
          for (const step of command.do) expect(entriesOf(step).length).toBeLessThanOrEqual(10);
        }
      }
    });
  });

  test("puts no two commands that conflict, and no two test modes, into one request", () => {
    holdsForEveryCall(({ requests }) => {
      for (const { testOnly, slices } of requests)
        for (const [index, { command, parts }] of slices.entries()) {
          for (const { operation } of parts) expect(operation.testOnly).toBe(testOnly);
          for (const other of slices.slice(0, index)) expect(naivelyConflict(command, other.command)).toBe(false);
        }
    });
  });

  test("uses the earliest request with room, after everything that must come before", () => {
    holdsForEveryCall(({ works, requests }) => {
      for (const [index, work] of works.entries()) {
        const before = works.slice(0, index).filter((other) => worksConflict(other, work));
        let earliest = 1 + Math.max(-1, ...before.flatMap((other) => requestsOf(requests, other)));
        for (const place of requestsOf(requests, work)) {
          for (const passed of requests.slice(earliest, place))
            expect(passed.slices.length === 10 || passed.testOnly !== work.operations[0].testOnly).toBe(true);
          earliest = place + 1;
        }
      }
    });
  });

  test("makes lawful commands: one root, one create and that first, a removal last, nothing after a rename but its own", () => {
    holdsForEveryCall(({ requests }) => {
      for (const { command, parts } of requests.flatMap(({ slices }) => slices)) {
        expect(command.do.slice(1).some(isCreate)).toBe(false);
        expect(command.do.slice(0, -1).some(isRemoval)).toBe(false);
        expect(new Set(parts.map(({ operation }) => rootOf(operation.command))).size).toBe(1);
        for (const { operation } of parts.slice(0, -1)) expect(operation.command.do.some(isRename)).toBe(false);
      }
    });
  });
});

describe("joining", () => {
  const joinedCalls = fc.tuple(operations, fc.integer({ min: 200, max: 20_000 }));

  test("puts every operation into one message, in the order submitted", () => {
    fc.assert(
      fc.property(joinedCalls, ([all, maxBytes]) => {
        const messages = join(all, maxBytes);
        expect(messages.flat().length).toBe(all.length);
        for (const message of messages) {
          const places = message.map((operation) => all.indexOf(operation));
          expect(places).toEqual(places.toSorted((one, other) => one - other));
        }
        expect(new Set(messages.flat())).toEqual(new Set(all));
      }),
    );
  });

  test("lets no operation overtake one that it conflicts with", () => {
    fc.assert(
      fc.property(joinedCalls, ([all, maxBytes]) => {
        const messages = join(all, maxBytes);
        const messageOf = (operation: Operation) => messages.findIndex((message) => message.includes(operation));
        for (const [index, later] of all.entries())
          for (const earlier of all.slice(0, index))
            if (naivelyConflict(earlier.command, later.command))
              expect(messageOf(later)).toBeGreaterThanOrEqual(messageOf(earlier));
      }),
    );
  });

  test("makes no message of several operations larger than allowed", () => {
    fc.assert(
      fc.property(joinedCalls, ([all, maxBytes]) => {
        for (const message of join(all, maxBytes))
          if (message.length > 1) expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(maxBytes);
      }),
    );
  });

  test("puts all that happens to one user into one message, as long as nothing is created, renamed or removed", () => {
    const plain = arbitraryOperations({ users: ["ada@example.com"] }, 10).map((all) =>
      all.filter(
        ({ command, testOnly }) =>
          "user" in command &&
          command.useAdobeID === undefined &&
          !testOnly &&
          !command.do.some((step) => isCreate(step) || isRename(step) || isRemoval(step)),
      ),
    );
    fc.assert(
      fc.property(plain, (all) => {
        expect(join(all, 10_000_000).length).toBe(all.length === 0 ? 0 : 1);
      }),
    );
  });
});
