import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conflict, touches, touchesOfAll } from "../../shared/planning/conflicts.ts";
import { LatestConflict } from "../../shared/planning/latest-conflict.ts";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { arbitraryCommand } from "../support/arbitrary-commands.ts";
import { naivelyConflict } from "../support/naive-rules.ts";
import { arbitrarySizedCommand } from "../support/operations.ts";
import { runs } from "../support/runs.ts";

const command = arbitrarySizedCommand();
const conflicts = (one: Command, other: Command) => conflict(touches(one), touches(other));

describe("two commands", () => {
  test("conflict exactly if one writes a name that the other has, compared name by name", () => {
    fc.assert(
      fc.property(command, command, (one, other) => {
        expect(conflicts(one, other)).toBe(naivelyConflict(one, other));
      }),
      { numRuns: runs(400) },
    );
  });

  test("conflict in both directions or in none, and each with itself", () => {
    fc.assert(
      fc.property(command, command, (one, other) => {
        expect(conflicts(one, other)).toBe(conflicts(other, one));
        expect(conflicts(one, one)).toBe(true);
      }),
    );
  });

  test("conflict whatever their letter case", () => {
    fc.assert(
      fc.property(arbitraryCommand(), arbitraryCommand(), (one, other) => {
        const shouted = checkCommand(JSON.parse(JSON.stringify(one), (_, value) => shout(value)));
        fc.pre(shouted.ok);
        expect(conflicts(shouted.command, other)).toBe(conflicts(one, other));
      }),
    );
  });
});

describe("several commands", () => {
  test("conflict together if any one of them does", () => {
    const several = fc.array(arbitraryCommand(), { maxLength: 4 });
    fc.assert(
      fc.property(several, several, (some, others) => {
        const expected = some.some((one) => others.some((other) => naivelyConflict(one, other)));
        expect(conflict(touchesOfAll(some), touchesOfAll(others))).toBe(expected);
      }),
    );
  });

  test("are remembered by the latest place that a newcomer conflicts with", () => {
    const placed = fc.array(fc.tuple(arbitraryCommand(), fc.nat({ max: 20 })), { maxLength: 12 });
    fc.assert(
      fc.property(placed, arbitraryCommand(), (all, newcomer) => {
        const latest = new LatestConflict();
        for (const [each, place] of all) latest.record(touches(each), place);
        const places = all.filter(([each]) => naivelyConflict(each, newcomer)).map(([, place]) => place);
        expect(latest.before(touches(newcomer))).toBe(Math.max(-1, ...places));
      }),
    );
  });
});

/** Names in capitals; what UMAPI's own words are stays as it is. */
function shout(value: unknown): unknown {
  const words = ["ignoreIfAlreadyExists", "updateIfAlreadyExists", "all"];
  return typeof value === "string" && !words.includes(value) ? value.toUpperCase() : value;
}
