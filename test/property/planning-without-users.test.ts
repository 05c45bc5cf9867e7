import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slices } from "../../shared/planning/slices.ts";
import type { Command, UserGroupStep, UserStep } from "../../shared/umapi/command.ts";
import { foldedName } from "../../shared/umapi/folded-name.ts";
import { deedsOf, entriesOf, piecesOf } from "../support/naive-rules.ts";
import { arbitrarySizedCommand, operationId, operationOf, pendingOf } from "../support/operations.ts";

const stepsOf = (command: Command): readonly (UserStep | UserGroupStep)[] => command.do;
const usersIn = (command: Command) =>
  stepsOf(command).flatMap((step) => entriesOf(step).flatMap(({ list, name }) => (list === "user" ? [name] : [])));

/** A command, users whom it may list, and how many of its lawful steps are done. */
const begun = arbitrarySizedCommand({ groups: ["Design"], users: ["ada@example.com", "ben@example.com"] }).chain(
  (each) =>
    fc.record({
      command: fc.constant(each),
      left: fc.subarray([...new Set([...usersIn(each), "zoe@example.com"])]),
      stepsDone: fc.nat({ max: stepsOf(each).reduce((sum, step) => sum + piecesOf(step), 0) - 1 }),
    }),
);

function slicesWithout(command: Command, left: readonly string[], stepsDone: number) {
  const without = new Map(left.map((user) => [foldedName(user), operationId("leaver")]));
  const operation = { ...pendingOf(operationOf("a", command), { stepsDone }), without };
  return slices({ messageId: "a", operations: [operation] });
}

const deedsOfSlices = (sent: ReturnType<typeof slices>) =>
  sent.flatMap(({ command }) => stepsOf(command).flatMap(deedsOf));

/** What the lawful steps from `stepsDone` on do, but for what they do to the users who are left out. */
function expected(command: Command, left: readonly string[], stepsDone: number): string[] {
  const leftOut = new Set(left.flatMap((user) => [`add user ${user}`, `remove user ${user}`]));
  return stepsOf(command)
    .flatMap((step) => {
      const deeds = deedsOf(step);
      return Array.from({ length: piecesOf(step) }, (_, piece) => deeds.slice(piece * 10, piece * 10 + 10));
    })
    .slice(stepsDone)
    .flat()
    .filter((deed) => "user" in command || !leftOut.has(deed));
}

describe("What is sent without users who have left", () => {
  test("is all that was asked, in its order, but for what lists them", () => {
    fc.assert(
      fc.property(begun, ({ command, left, stepsDone }) => {
        expect(deedsOfSlices(slicesWithout(command, left, stepsDone))).toEqual(expected(command, left, stepsDone));
      }),
    );
  });

  test("goes on after each slice with the rest, and is complete after the last alone", () => {
    fc.assert(
      fc.property(begun, ({ command, left, stepsDone }) => {
        const sent = slicesWithout(command, left, stepsDone);
        for (const [index, { parts }] of sent.entries())
          for (const { stepsDone: done, completes } of parts) {
            const rest = sent.slice(index + 1);
            expect(completes).toBe(rest.length === 0);
            expect(deedsOfSlices(slicesWithout(command, left, done))).toEqual(deedsOfSlices(rest));
          }
      }),
    );
  });
});
