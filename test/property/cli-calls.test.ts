import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callsOf } from "../../cli/operations/calls.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { runs } from "../support/runs.ts";

const command = (who: number, groups: number): Command => ({
  user: `user${who}@example.com`,
  do: [
    { update: { lastname: `Ł${who}` } },
    ...Array.from({ length: groups }, (_, index) => ({ add: { group: [`${index}`.padEnd(250, "é")] } })),
  ],
});
/** Of small commands, 500 of which go into a call, and a few large ones, of which ten do. */
const files = fc
  .record({
    length: fc.integer({ min: 1, max: 1200 }),
    large: fc.array(fc.nat(1200), { maxLength: 15 }),
    who: fc.nat(9),
  })
  .map(({ length, large, who }) =>
    Array.from({ length }, (_, index) => command((index * who) % 97, large.includes(index) ? 180 : 0)),
  );
const entriesOf = (commands: readonly Command[]) =>
  commands.map((each, index) => ({ at: `operation ${index + 1}`, command: each }));
const keysOf = (...args: Parameters<typeof callsOf>) => callsOf(...args).map(({ key }) => key);

describe("the calls that a file makes", () => {
  test("hold all of it in its order, each at most 500 operations and 1 MiB", () => {
    fc.assert(
      fc.property(files, fc.boolean(), (commands, testOnly) => {
        const entries = entriesOf(commands);
        const calls = callsOf(entries, testOnly);
        expect(calls.flatMap((call) => call.entries)).toEqual(entries);
        for (const call of calls) {
          expect(call.entries.length).toBeGreaterThan(0);
          expect(call.entries.length).toBeLessThanOrEqual(500);
          const body = JSON.stringify(call.entries.map((entry) => entry.command));
          expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_048_576);
        }
        // Not more of them than it takes: no two neighbours would fit in one.
        for (const [index, call] of calls.slice(1).entries()) {
          const both = [...(calls[index]?.entries ?? []), ...call.entries].map((entry) => entry.command);
          expect(both.length > 500 || Buffer.byteLength(JSON.stringify(both)) > 1_048_576).toBe(true);
        }
      }),
      { numRuns: runs(30) },
    );
  });

  test("have the same keys for the same content, wherever in a file its lines stand", () => {
    fc.assert(
      fc.property(files, fc.boolean(), (commands, testOnly) => {
        const again = commands.map((each) => structuredClone(each));
        const moved = again.map((each, index) => ({ at: `line ${2 * index}`, command: each }));
        expect(keysOf(moved, testOnly)).toEqual(keysOf(entriesOf(commands), testOnly));
      }),
      { numRuns: runs(20) },
    );
  });

  test("have keys of their own that the service takes: for another content, test mode, position or given key", () => {
    fc.assert(
      fc.property(
        files,
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 50, unit: "grapheme-ascii" }),
        (commands, at, key) => {
          const place = at % commands.length;
          const changed = commands.map((each, index) => (index === place ? { ...each, requestID: "other" } : each));
          const sets = [
            keysOf(entriesOf(commands), false),
            keysOf(entriesOf(commands), true),
            keysOf(entriesOf(commands), false, key),
            keysOf(entriesOf(commands), false, `${key}'`),
          ];
          const all = sets.flat();
          expect(new Set(all).size).toBe(all.length);
          for (const each of all) expect(each).toMatch(/^[\x20-\x7e]{1,255}$/);
          const differing = keysOf(entriesOf(changed), false).filter((each) => !all.includes(each));
          expect(differing.length).toBeGreaterThan(0);
          // What was submitted before the change stays submitted.
          const before = callsOf(entriesOf(commands), false);
          const touched = before.findIndex((call) =>
            call.entries.some((entry) => entry.at === `operation ${place + 1}`),
          );
          expect(keysOf(entriesOf(changed), false).slice(0, touched)).toEqual(
            before.slice(0, touched).map((call) => call.key),
          );
        },
      ),
      { numRuns: runs(30) },
    );
  });

  test("have keys of their own though all of a file's lines are the same", () => {
    const keys = keysOf(entriesOf(Array.from({ length: 1500 }, () => command(1, 0))), false);
    expect(new Set(keys).size).toBe(3);
  });
});
