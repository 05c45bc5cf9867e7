import { describe, expect, test } from "vitest";
import { writtenFile } from "../../../../cli/input/csv/written-file.ts";
import { handedOn } from "../../../../cli/input/input.ts";
import { mostDaysAhead } from "../../../../shared/submit/not-before.ts";
import { readFileText, refusalOf } from "../../../support/read-file-text.ts";

const ahead = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
const soon = ahead(30);
const withOffset = soon.replace("Z", "+00:00");
const expected = "expected a time with its offset from UTC (RFC 3339), such as 2027-01-31T18:00:00+01:00";
const file = (heading: string, cell: string) =>
  `action,email,groups,${heading}\nadd-groups,a@example.com,Design,${cell}\n`;

describe("the day of an operation in a file", () => {
  test.each(["not_before", "notBefore", "Not Before", "NOT-BEFORE", "not before (with offset)"])(
    "stands in a column called %s",
    async (heading) => {
      const { entries, faults, warnings } = await readFileText(file(heading, withOffset));
      expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
      expect(entries).toMatchObject([{ command: { user: "a@example.com" }, notBefore: soon }]);
      expect(entries.map(handedOn)).toMatchObject([{ user: "a@example.com", notBefore: soon }]);
    },
  );

  test.each(["effective date", "start date", "hire date", "valid from", "date", "not after"])(
    "does not stand in one called %s, which is ignored",
    async (heading) => {
      const { entries, warnings } = await readFileText(file(heading, withOffset));
      expect(entries).toHaveLength(1);
      expect(entries[0]).not.toHaveProperty("notBefore");
      expect(warnings).toEqual([expect.stringContaining(`"${heading}"`)]);
    },
  );

  test("is each line's own: one without goes at once, and so does what is past", async () => {
    const past = "1999-12-31T23:59:59.000Z";
    const lines = [`b@example.com,A,${past}`, "c@example.com,A,", `d@example.com,A,${soon}`, "e@example.com,A"];
    const { entries } = await readFileText(`email,groups,not_before\n${lines.join("\n")}\n`, { action: "add-groups" });
    expect(entries.map(({ notBefore }) => notBefore)).toEqual([past, undefined, soon, undefined]);
  });

  test.each([
    ["2027-01-31T18:00:00", `a time without an offset; ${expected}`],
    ["31.01.2027", `"31.01.2027" that is not a time; ${expected}`],
    ["2027-01-31", `"2027-01-31" that is not a time; ${expected}`],
    ["tomorrow", `"tomorrow" that is not a time; ${expected}`],
    ["2027-02-30T18:00:00Z", `"2027-02-30T18:00:00Z" that is not a time; ${expected}`],
    [
      ahead(mostDaysAhead + 2),
      `a time more than ${mostDaysAhead} days ahead; expected one within ${mostDaysAhead} days`,
    ],
  ])("%s is told with its line, its column, the value and what was expected", async (cell, words) => {
    const told = await refusalOf(file("Not Before", cell));
    expect(told.split("\n")).toHaveLength(1);
    expect(told).toMatch(/^line 2, column "Not Before": /);
    expect(told).toContain(words);
    expect(told).toContain(`"${cell}"`);
  });

  test.each([
    ["2027-01-31T18:00:00", `"2027-01-31T18:00:00": a time without an offset; ${expected}`],
    ["tomorrow", `"tomorrow" that is not a time; ${expected}`],
  ])("%s in JSON lines is told with its line, its key and the value", async (notBefore, words) => {
    const command = { user: "a@example.com", do: [{ removeFromOrg: {} }] };
    const lines = [
      { ...command, notBefore: soon },
      { ...command, notBefore },
    ];
    const { entries, faults } = await readFileText(lines.map((line) => JSON.stringify(line)).join("\n"));
    expect(entries).toMatchObject([{ at: "line 1", notBefore: soon }]);
    expect(faults).toEqual([{ at: "line 2, /notBefore", detail: words }]);
  });

  test("is kept by the file that umapi list --csv writes", async () => {
    const command = { user: "a@example.com", do: [{ removeFromOrg: {} }] };
    const { text } = writtenFile([
      { id: "call-0", command, notBefore: soon, error: undefined },
      { id: "call-1", command, error: undefined },
    ]);
    const { entries } = await readFileText(text);
    expect(entries).toMatchObject([{ command, notBefore: soon }, { command }]);
    expect(entries[1]).not.toHaveProperty("notBefore");
  });
});
