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
const readBytes = (bytes: Uint8Array) => readInput("-", choices, { stdin: Readable.from([bytes]) });
const read = (text: string) => readBytes(Buffer.from(text));

const commands = fc.array(arbitraryCommand(), { minLength: 1, maxLength: 6 });
const mark = "Quillfeather";
/** Lines of JSON that are no commands, and lines that are no JSON. */
const badLine = fc.constantFrom(
  { text: `{"user":"${mark}@example.com","do":[{"remove":"all"}`, isJson: false },
  { text: `{"user":"${mark}@example.com","user":"a@example.com","do":[{"remove":"all"}]}`, isJson: false },
  { text: `${mark}@example.com,all`, isJson: false },
  { text: `{"user":"${mark}@example.com","do":[]}`, isJson: true },
  { text: `{"user":"${mark}@example.com","${mark}":1,"do":[{"remove":"all"}]}`, isJson: true },
  { text: `["${mark}"]`, isJson: true },
);

describe("JSON", () => {
  test("of one command, a list or an object with operations means its commands, whatever the space between", async () => {
    await fc.assert(
      fc.asyncProperty(commands, fc.constantFrom(undefined, 1, "\t"), fc.boolean(), async (list, space, hasMark) => {
        const expected = (count: number): Input => ({
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
        expect(JSON.stringify(faults)).not.toContain(mark);
      }),
    );
  });

  test("that goes wrong is told the line and column at which it does", async () => {
    const text = JSON.stringify([{ user: `${mark}@example.com`, do: [{ remove: "all" }] }], undefined, 2);
    const { entries, faults } = await read(text.replace('"do"', "do"));
    expect(entries).toEqual([]);
    expect(faults).toEqual([{ at: "line 4, column 5", detail: expect.stringContaining("no JSON") }]);
  });

  test("with more in the object than operations is refused as a whole: a testOnly there would go unheard", async () => {
    const operations = [{ user: "a@example.com", do: [{ remove: "all" }] }];
    expect(await read(JSON.stringify({ operations, testOnly: true }))).toEqual({
      entries: [],
      faults: [{ at: "beside operations", detail: expect.stringContaining("unknown key") }],
    });
  });

  test("of an operation larger than the service takes is told so before anything is handed in", async () => {
    const steps = Array.from({ length: 600 }, (_, index) => ({ add: { group: [`${index}`.padEnd(250, "x")] } }));
    const large = { user: "large@example.com", do: steps };
    const { entries, faults } = await read(JSON.stringify([{ user: "a@example.com", do: [{ remove: "all" }] }, large]));
    expect(entries.length).toBe(1);
    expect(faults).toEqual([{ at: "operation 2", detail: expect.stringContaining(String(maxOperationBytes)) }]);
  });
});

describe("JSON lines", () => {
  test("mean a command a line; bad ones, the first too, are told by their lines and leave the others as they are", async () => {
    const line = fc.oneof(
      { weight: 3, arbitrary: arbitraryCommand().map((command) => ({ command, blank: false })) },
      { weight: 2, arbitrary: badLine.map((bad) => ({ bad, blank: false })) },
      { weight: 1, arbitrary: fc.constant({ blank: true }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        arbitraryCommand(),
        fc.constantFrom("\n", "\r\n"),
        async (some, last, lineEnd) => {
          const lines = [...some, { command: last, blank: false }];
          const first = lines.find(({ blank }) => !blank);
          fc.pre(lines.filter(({ blank }) => !blank).length > 1);
          // What begins otherwise is read as CSV.
          fc.pre(first === undefined || !("bad" in first) || /^[[{]/.test(first.bad.text));
          const text = lines.map((each) =>
            "command" in each ? JSON.stringify(each.command) : "bad" in each ? each.bad.text : " ",
          );
          const { entries, faults } = await read(text.join(lineEnd));
          expect(entries).toEqual(
            lines.flatMap((each, index) =>
              "command" in each ? [{ at: `line ${index + 1}`, command: each.command }] : [],
            ),
          );
          const badLines = lines.flatMap((each, index) => ("bad" in each ? [`line ${index + 1}`] : []));
          expect([...new Set(faults.map(({ at }) => itemAt(at.split(","), 0)))]).toEqual(badLines);
          expect(JSON.stringify(faults)).not.toContain(mark);
        },
      ),
      { numRuns: runs(300) },
    );
  });
});

describe("a file", () => {
  test("that is not in UTF-8 is refused: names would lose their characters", async () => {
    const csv = "mail,firstname,lastname,country_code\na@example.com,José,Núñez,ES\n";
    const refusal = { name: "CommandError", message: expect.stringContaining("UTF-8") };
    await expect(readBytes(Buffer.from(csv, "latin1"))).rejects.toMatchObject(refusal);
    await expect(readBytes(Buffer.from(`\uFEFF${csv}`, "utf16le"))).rejects.toMatchObject(refusal);
  });

  test("that is empty, or is not there, is told so", async () => {
    for (const text of ["", " \n\n"]) await expect(read(text)).rejects.toThrow("standard input is empty.");
    await expect(readInput("/no/such/file", choices, { stdin: Readable.from([]) })).rejects.toThrow(
      "/no/such/file cannot be read: there is no such file.",
    );
  });
});
