import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { join } from "../../shared/planning/join.ts";
import { slices, type Work } from "../../shared/planning/slices.ts";
import type { Command, UserGroupStep, UserStep } from "../../shared/umapi/command.ts";
import { deedsOf, isCreate, piecesOf, rootAfterSteps } from "../support/naive-rules.ts";
import { arbitraryOperations, arbitrarySizedCommand, pendingOf, singleWork } from "../support/operations.ts";
import { askedDeeds } from "../support/sent.ts";

const command = arbitrarySizedCommand();

/** A command, and a number of its lawful steps that Adobe may have completed so far. */
const begun = command.chain((each) => {
  const pieces = each.do.map(piecesOf).reduce((sum, count) => sum + count, 0);
  return fc.tuple(fc.constant(each), fc.nat({ max: pieces - 1 }));
});

/** One message's work of operations that are partly done and differ in how they are to travel. */
const works: fc.Arbitrary<Work> = fc
  .tuple(
    arbitraryOperations({ users: ["ada@example.com"], groups: ["Design"] }, 10),
    fc.array(
      fc.record({
        unjoined: fc.boolean(),
        oneStep: fc.boolean(),
        most: fc.constantFrom(1, 5),
        uncertain: fc.boolean(),
      }),
      {
        minLength: 10,
        maxLength: 10,
      },
    ),
  )
  .map(([operations, travels]) => {
    const messages = join(operations, 128 * 1024);
    const [head, ...rest] = messages.reduce((best, message) => (message.length > best.length ? message : best));
    return {
      messageId: "message",
      operations: [pendingOf(head, travels[0]), ...rest.map((each, index) => pendingOf(each, travels[index + 1]))],
    };
  });

/** Each lawful step of a command as what it does: lists in tens. */
function lawfulDeeds(each: Command): string[][] {
  return each.do.flatMap((step) => {
    const deeds = deedsOf(step);
    return Array.from({ length: piecesOf(step) }, (_, piece) => deeds.slice(piece * 10, piece * 10 + 10));
  });
}

const deedsIn = (work: Work) => slices(work).flatMap((slice) => slice.command.do.map(deedsOf));
const stepsOf = (each: Command): readonly (UserStep | UserGroupStep)[] => each.do;

describe("the slices of one operation", () => {
  test("go on exactly where Adobe stopped", () => {
    fc.assert(
      fc.property(begun, ([each, stepsDone]) => {
        expect(deedsIn(singleWork("a", each, { stepsDone }))).toEqual(lawfulDeeds(each).slice(stepsDone));
      }),
    );
  });

  test("count the steps done so that each answered slice leads to the next, and the last completes", () => {
    fc.assert(
      fc.property(command, (each) => {
        const parts = slices(singleWork("a", each)).flatMap((slice) => slice.parts);
        let done = 0;
        for (const [index, part] of parts.entries()) {
          done += part.sources.length;
          expect(part.stepsDone).toBe(done);
          expect(part.completes).toBe(index === parts.length - 1);
        }
        expect(done).toBe(lawfulDeeds(each).length);
      }),
    );
  });

  test("are full: ten steps each, except the last, and one with a create that ends before a rename", () => {
    fc.assert(
      fc.property(begun, ([each, stepsDone]) => {
        const sent = slices(singleWork("a", each, { stepsDone })).map((slice) => JSON.stringify(slice.command.do));
        for (const [index, next] of sent.slice(1).entries()) {
          const steps = sent[index] ?? "";
          const isCut =
            /"(create|addAdobeID)/.test(steps) &&
            /^\[\{"update(":\{[^}]*"(email|username)"|UserGroup":\{[^}]*"name")/.test(next);
          expect(isCut || JSON.parse(steps).length === 10).toBe(true);
        }
      }),
    );
  });

  test("never hold a create together with a rename of what it creates", () => {
    fc.assert(
      fc.property(begun, ([each, stepsDone]) => {
        for (const { command } of slices(singleWork("a", each, { stepsDone }))) {
          const steps = JSON.stringify(command.do);
          const renames = /"update":\{[^}]*"(email|username)"|"updateUserGroup":\{[^}]*"name"/.test(steps);
          expect(renames && /"(create|addAdobeID)/.test(steps)).toBe(false);
        }
      }),
    );
  });

  test("have one step each where Adobe found a longer one too long", () => {
    fc.assert(
      fc.property(begun, ([each, stepsDone]) => {
        for (const slice of slices(singleWork("a", each, { stepsDone, oneStep: true })))
          expect(slice.command.do.length).toBe(1);
        expect(deedsIn(singleWork("a", each, { stepsDone, oneStep: true }))).toEqual(
          lawfulDeeds(each).slice(stepsDone),
        );
      }),
    );
  });

  test("carry an option on a create that may have been applied, and differ in nothing else from a certain send", () => {
    fc.assert(
      fc.property(command, (each) => {
        const [certain, uncertain] = [false, true].map((is) => slices(singleWork("a", each, { uncertain: is })));
        const sent = uncertain?.flatMap((slice) => stepsOf(slice.command)) ?? [];
        const first = certain?.flatMap((slice) => stepsOf(slice.command)) ?? [];
        for (const [index, step] of sent.entries()) {
          const given = stepsOf(each)[0];
          if (index > 0 || !isCreate(step)) expect(step).toEqual(first[index]);
          else {
            expect(first[0]).toEqual(given);
            const [[name, fields]] = [Object.entries(given ?? {}).at(0) ?? ["", {}]];
            expect(step).toEqual({ [name]: { option: "ignoreIfAlreadyExists", ...fields } });
          }
        }
      }),
    );
  });
});

describe("the slices of one message", () => {
  test("do all that its operations ask for, in order", () => {
    fc.assert(
      fc.property(works, (work) => {
        const sent = slices(work).flatMap((slice) => {
          const sources = slice.parts.flatMap((part) => part.sources);
          return slice.command.do.flatMap((step, index) => deedsOf(step).map((deed) => [sources[index], deed]));
        });
        const asked = work.operations.flatMap(askedDeeds);
        const withoutOption = (text: string) => text.replace(/,?"option":"ignoreIfAlreadyExists"/, "");
        expect(sent.map(([source, deed]) => withoutOption(`${source} ${deed}`))).toEqual(asked.map(withoutOption));
      }),
    );
  });

  test("are addressed to the root by the name that it has by then", () => {
    fc.assert(
      fc.property(works, (work) => {
        for (const slice of slices(work)) {
          const [{ operation, sources }] = [slice.parts[0] ?? { operation: work.operations[0], sources: [0] }];
          const before = stepsOf(operation.command).slice(0, sources[0]);
          expect(rootAfterSteps(slice.command, [])).toBe(rootAfterSteps(operation.command, before));
        }
      }),
    );
  });

  test("carry the caller's requestID only where they are one operation's", () => {
    fc.assert(
      fc.property(works, (work) => {
        for (const { command: sent, parts } of slices(work)) {
          const own = parts.length === 1 ? parts[0]?.operation.command.requestID : undefined;
          expect("requestID" in sent).toBe(own !== undefined);
          expect(sent.requestID).toBe(own);
        }
      }),
    );
  });

  test("join no operation that must be sent by itself", () => {
    fc.assert(
      fc.property(works, (work) => {
        for (const { parts } of slices(work))
          for (const { operation } of parts) {
            const { unjoined, most, oneStep } = operation.progress;
            if (unjoined || most !== undefined || oneStep) expect(parts.length).toBe(1);
          }
      }),
    );
  });
});
