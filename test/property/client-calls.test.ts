import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callsOf } from "../../client/calls.ts";
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
const keysOf = async (commands: readonly Command[], name: string, testOnly: boolean) =>
  (await callsOf(commands, name, testOnly)).map(({ key }) => key);

describe("the calls that operations make", () => {
  test("hold all of them in their order, each at most 500 operations and 1 MiB", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (commands, testOnly) => {
        const calls = await callsOf(commands, "", testOnly);
        expect(calls.flatMap((call) => call.operations)).toEqual(commands);
        for (const { operations } of calls) {
          expect(operations.length).toBeGreaterThan(0);
          expect(operations.length).toBeLessThanOrEqual(500);
          expect(Buffer.byteLength(JSON.stringify(operations))).toBeLessThanOrEqual(1_048_576);
        }
        // Not more of them than it takes: no two neighbours would fit in one.
        for (const [index, call] of calls.slice(1).entries()) {
          const both = [...(calls[index]?.operations ?? []), ...call.operations];
          expect(both.length > 500 || Buffer.byteLength(JSON.stringify(both)) > 1_048_576).toBe(true);
        }
      }),
      { numRuns: runs(30) },
    );
  });

  test("have the same keys for the same content", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (commands, testOnly) => {
        const again = commands.map((each) => structuredClone(each));
        expect(await keysOf(again, "", testOnly)).toEqual(await keysOf(commands, "", testOnly));
      }),
      { numRuns: runs(20) },
    );
  });

  test("have keys of their own that the service takes: for another content, test mode, position or name", async () => {
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 50, unit: "grapheme-ascii" }),
        async (commands, at, name) => {
          const place = at % commands.length;
          const changed = commands.map((each, index) => (index === place ? { ...each, requestID: "other" } : each));
          const sets = [
            await keysOf(commands, "", false),
            await keysOf(commands, "", true),
            await keysOf(commands, name, false),
            await keysOf(commands, `${name}'`, false),
          ];
          const all = sets.flat();
          expect(new Set(all).size).toBe(all.length);
          for (const each of all) expect(each).toMatch(/^[\x20-\x7e]{1,255}$/);
          const keys = await keysOf(changed, "", false);
          expect(keys.filter((each) => !all.includes(each)).length).toBeGreaterThan(0);
          // What was submitted before the change stays submitted.
          const before = await callsOf(commands, "", false);
          const ends = before.map((_, index) =>
            before.slice(0, index + 1).reduce((sum, { operations }) => sum + operations.length, 0),
          );
          const touched = ends.findIndex((end) => place < end);
          expect(keys.slice(0, touched)).toEqual(before.slice(0, touched).map(({ key }) => key));
        },
      ),
      { numRuns: runs(30) },
    );
  });

  test("have keys of their own though all operations are the same", async () => {
    const keys = await keysOf(
      Array.from({ length: 1500 }, () => command(1, 0)),
      "",
      false,
    );
    expect(new Set(keys).size).toBe(3);
  });

  test("have the keys that an earlier command line gave the same file", async () => {
    expect(await keysOf([command(1, 0)], "", false)).toEqual([
      "4bef9531c8512df4e2bd1da7b3be4bd17eb8ca0693b3af7f8a4d1aa6e724bb48",
    ]);
  });
});
