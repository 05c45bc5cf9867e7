import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Input } from "../../cli/input/input.ts";
import { readInput } from "../../cli/input/read-input.ts";
import { maxOperationBytes } from "../../shared/operation/limits.ts";
import { arbitraryCommand } from "../support/arbitrary-commands.ts";
import { itemAt } from "../support/commands.ts";
import { runs } from "../support/runs.ts";

const choices = { type: "federatedID", ifExists: "update" } as const;
const read = (text: string) => readInput("-", choices, { stdin: Readable.from([Buffer.from(text)]) });

const commands = fc.array(arbitraryCommand(), { minLength: 1, maxLength: 6 });
const mark = "Quillfeather";
/** Lines of JSON that are no commands, and lines that are not JSON. */
const badLine = fc.constantFrom(
  { text: `{"user":"${mark}@example.com","do":[{"remove":"all"}`, told: "breaks here" },
  { text: `{"user":"${mark}@example.com","user":"a@example.com","do":[{"remove":"all"}]}`, told: "already" },
  { text: `{"user":"${mark}@example.com","do":[]}`, told: "at least one step" },
  { text: `{"user":"${mark}@example.com","${mark}":1,"do":[{"remove":"all"}]}`, told: `unknown key "${mark}"` },
  { text: `{"User":"${mark}@example.com","do":[{"remove":"all"}]}`, told: '"User" (did you mean user?)' },
  { text: `{"user":"${mark}@example.com","actions":[{"remove":"all"}]}`, told: '"actions" (did you mean do?)' },
  { text: `{"userGroup":"${mark}","Do":[{"deleteUserGroup":{}}]}`, told: '"userGroup" (did you mean usergroup?)' },
  { text: `{"user":"${mark}@example.com","do":[{"Remove":"all"}]}`, told: '"Remove" (did you mean remove?)' },
  { text: `{"email":"${mark}@example.com"}`, told: '"email" (did you mean user?)' },
  { text: `{"name":"${mark}"}`, told: 'not a command: "name"' },
  { text: `["${mark}"]`, told: "not a command: a list of one entry" },
  { text: "{}", told: "not a command: an empty object" },
);

describe("JSON", () => {
  test("of one command, a list or an object with operations means its commands, whatever the space between", async () => {
    await fc.assert(
      fc.asyncProperty(commands, fc.constantFrom(undefined, 1, "\t"), fc.boolean(), async (list, space, hasMark) => {
        const expected = (count: number): Input => ({
          form: "JSON",
          warnings: [],
          entries: list.slice(0, count).map((command, index) => ({ at: `operation ${index + 1}`, command })),
          faults: [],
        });
        const text = (value: unknown) => (hasMark ? "\uFEFF" : "") + JSON.stringify(value, undefined, space);
        expect(await read(text(list))).toEqual(expected(list.length));
        expect(await read(text({ operations: list }))).toEqual(expected(list.length));
        expect(await read(text(list[0]))).toEqual(expected(1));
      }),
    );
  });

  test("with bad commands is told which and where, and keeps the good ones", async () => {
    await fc.assert(
      fc.asyncProperty(commands, fc.nat(), async (list, at) => {
        const bad = at % (list.length + 1);
        const withBad = list.toSpliced(bad, 0, { user: `${mark}@example.com`, do: [{ add: { group: [mark, ""] } }] });
        const { entries, faults } = await read(JSON.stringify(withBad));
        expect(entries.map(({ command }) => command)).toEqual(list);
        expect(faults).toEqual([
          { at: `operation ${bad + 1}, /do/0/add/group/1`, detail: expect.stringContaining("expected a name") },
        ]);
      }),
    );
  });

  test("that goes wrong is told the line and column at which it does", async () => {
    const text = JSON.stringify([{ user: `${mark}@example.com`, do: [{ remove: "all" }] }], undefined, 2);
    const { entries, faults } = await read(text.replace('"do"', "do"));
    expect(entries).toEqual([]);
    expect(faults).toEqual([{ at: "line 4, column 5", detail: expect.stringContaining("breaks here") }]);
  });

  test("with other keys beside operations is refused as a whole: a testOnly there would be ignored", async () => {
    const operations = [{ user: "a@example.com", do: [{ remove: "all" }] }];
    expect(await read(JSON.stringify({ operations, testOnly: true }))).toMatchObject({
      entries: [],
      faults: [{ at: "beside operations", detail: expect.stringContaining('unknown key "testOnly"') }],
    });
  });

  test("of an operation larger than the service takes is told so before anything is submitted", async () => {
    const steps = Array.from({ length: 600 }, (_, index) => ({ add: { group: [`${index}`.padEnd(250, "x")] } }));
    const large = { user: "large@example.com", do: steps };
    const { entries, faults } = await read(JSON.stringify([{ user: "a@example.com", do: [{ remove: "all" }] }, large]));
    expect(entries.length).toBe(1);
    expect(faults).toEqual([{ at: "operation 2", detail: expect.stringContaining(String(maxOperationBytes)) }]);
  });
});

describe("JSON lines", () => {
  test("mean a command a line; each bad one, the first too, is told by its line and what is wrong, and hides no other", async () => {
    const line = fc.oneof(
      { weight: 3, arbitrary: arbitraryCommand().map((command) => ({ command, blank: false })) },
      { weight: 2, arbitrary: badLine.map((bad) => ({ bad, blank: false })) },
      { weight: 1, arbitrary: fc.constant({ blank: true }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), async (lines, lineEnd) => {
        fc.pre(lines.filter(({ blank }) => !blank).length > 1);
        const text = lines.map((each) =>
          "command" in each ? JSON.stringify(each.command) : "bad" in each ? each.bad.text : " ",
        );
        const { entries, faults } = await read(text.join(lineEnd));
        expect(entries).toEqual(
          lines.flatMap((each, index) =>
            "command" in each ? [{ at: `line ${index + 1}`, command: each.command }] : [],
          ),
        );
        const badLines = lines.flatMap((each, index) => ("bad" in each ? [{ line: index + 1, ...each.bad }] : []));
        const told = Map.groupBy(faults, ({ at }) => itemAt(at.split(","), 0));
        expect([...told.keys()]).toEqual(badLines.map(({ line }) => `line ${line}`));
        for (const bad of badLines)
          expect(told.get(`line ${bad.line}`)?.some(({ detail }) => detail.includes(bad.told))).toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe("a file", () => {
  test("that is empty or missing is reported", async () => {
    for (const text of ["", " \n\n"]) await expect(read(text)).rejects.toThrow("standard input is empty.");
    await expect(readInput("/no/such/file", choices, { stdin: Readable.from([]) })).rejects.toThrow(
      "/no/such/file cannot be read: there is no such file.",
    );
  });
});
