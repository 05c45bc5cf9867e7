import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../../cli/output/fold.ts";
import { lookOf } from "../../../cli/output/look.ts";
import { printTable } from "../../../cli/output/table.ts";
import { runs } from "../../support/runs.ts";
import { kept } from "../../support/umapi-in-process.ts";

/** The lines of a table. @param columns of the terminal; undefined for a pipe */
async function printed(headings: readonly string[], rows: readonly (readonly Cell[])[], columns?: number) {
  const output = kept(columns === undefined ? undefined : { isTTY: true, columns, rows: 50 });
  async function* all() {
    yield* rows;
  }
  await printTable(
    output,
    lookOf(output, {}),
    headings.map((heading) => ({ heading })),
    all(),
    "Nothing is there.",
  );
  return stripVTControlCharacters(output.text).split("\n").slice(0, -1);
}

const headings = ["ID", "STATUS", "ON", "ACCEPTED", "WHY"];
const id = (digit: string) => `${digit.repeat(32)}-000`;
const operations = [
  [id("a"), "failed", "jane.doe@example.com", "3 min ago", "error.group.not_found at step 1"],
  [id("b"), "succeeded", "jo@example.com", "2 h 5 min ago", ""],
  [id("c"), "queued", "zoë.müller@example.com", "now", "waits for Adobe's throttle"],
];

describe("a table", () => {
  test("folds by whole columns if it does not fit, heading and rows alike", async () => {
    expect(await printed(headings, operations, 80)).toEqual([
      "ID                                    STATUS     ON",
      "  ACCEPTED       WHY",
      `${id("a")}  failed     jane.doe@example.com`,
      "  3 min ago      error.group.not_found at step 1",
      `${id("b")}  succeeded  jo@example.com`,
      "  2 h 5 min ago",
      `${id("c")}  queued     zoë.müller@example.com`,
      "  now            waits for Adobe's throttle",
    ]);
  });

  test("has one line for each row if it fits, and in a pipe", async () => {
    const wide = await printed(headings, operations, 140);
    expect(wide).toHaveLength(4);
    expect(wide[0]).toMatch(/^ID {36}STATUS {5}ON {22}ACCEPTED {7}WHY$/);
    expect(await printed(headings, operations)).toEqual(wide);
  });

  test("splits a list between its items", async () => {
    const groups = ["Creative Cloud 1", "Design, Print", "Marketing EMEA", "Photography", "Video"];
    expect(
      await printed(
        ["USER", "GROUPS"],
        [
          ["jane@example.com", groups],
          ["jo@example.com", ["Design"]],
          ["al", []],
        ],
        40,
      ),
    ).toEqual([
      "USER",
      "  GROUPS",
      "jane@example.com",
      "  Creative Cloud 1, Design, Print,",
      "  Marketing EMEA, Photography, Video",
      "jo@example.com",
      "  Design",
      "al",
    ]);
  });

  test("counts the columns of wide characters", async () => {
    const rows = [
      ["李小龍", "🎈🎈", "x"],
      ["a", "b", "y"],
    ];
    expect(await printed(["NAME", "MARK", "END"], rows, 80)).toEqual([
      "NAME    MARK  END",
      "李小龍  🎈🎈  x",
      "a       b     y",
    ]);
    expect(await printed(["NAME", "MARK", "END"], rows, 16)).toEqual([
      "NAME    MARK",
      "  END",
      "李小龍  🎈🎈",
      "  x",
      "a       b",
      "  y",
    ]);
  });

  test.each([headings, ["NAME"], ["USER", "GROUPS"]])("of nothing says so", async (...columns) => {
    expect(await printed(columns, [], 80)).toEqual(["Nothing is there."]);
  });

  test("shows every cell whole, in order, in lines that fit unless a cell alone does not", async () => {
    const text = fc.stringMatching(/^[a-z@.李🎈]{0,30}$/u);
    const row = fc.tuple(text, text, text, fc.array(fc.stringMatching(/^[a-z李🎈]{1,20}$/u), { maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 260 }),
        fc.integer({ min: 10, max: 120 }),
        async (rows, columns) => {
          const lines = await printed(["ONE", "TWO", "THREE", "FOUR"], rows, columns);
          const words = rows.flatMap(([one, two, three, list]) => [
            one,
            two,
            three,
            ...list.map((item, index) => item + (index < list.length - 1 ? "," : "")),
          ]);
          expect(
            lines
              .slice(lines.findLastIndex((line) => line.endsWith("FOUR")) + 1)
              .join(" ")
              .split(/ +/)
              .filter(Boolean),
          ).toEqual(words.filter(Boolean));
          for (const line of lines) if (stringWidth(line) > columns) expect(line.trim()).not.toContain(" ");
        },
      ),
      { numRuns: runs(200) },
    );
  });
});
