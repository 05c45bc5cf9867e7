import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readInput } from "../../cli/input/read-input.ts";
import {
  type Cell,
  type ColumnSet,
  type CsvUser,
  cellsOf,
  columnSets,
  csvStyle,
  csvUser,
  writeCsv,
} from "../support/arbitrary-csv.ts";
import { itemAt } from "../support/commands.ts";
import { runs } from "../support/runs.ts";

const kinds = ["federatedID", "enterpriseID", "adobeID"] as const;
const ifExists = { update: "updateIfAlreadyExists", ignore: "ignoreIfAlreadyExists", fail: undefined } as const;
const choices = fc.record({
  type: fc.constantFrom(...kinds),
  ifExists: fc.constantFrom("update" as const, "ignore" as const, "fail" as const),
});
type Choices = Parameters<typeof readInput>[1];

const sets: ColumnSet[] = ["samples", "sync tool", "Admin Console", "directory", "HR system"];
const file = fc.record({ set: fc.constantFrom(...sets), choices }).chain(({ set, choices: chosen }) =>
  fc.record({
    set: fc.constant(set),
    choices: fc.constant(chosen),
    style: csvStyle(set),
    users: fc.array(csvUser(set, chosen.type), { minLength: 1, maxLength: 6 }),
  }),
);

const read = (text: string, chosen: Choices) => readInput("-", chosen, { stdin: Readable.from([Buffer.from(text)]) });

/** What the help says of a line, said once more. */
function meant(user: CsvUser, { type, ifExists: choice }: Choices) {
  const kind = kinds.find((each) => each.toLowerCase() === user.kind.toLowerCase().replace(" ", "")) ?? type;
  const step = { federatedID: "createFederatedID", enterpriseID: "createEnterpriseID", adobeID: "addAdobeID" }[kind];
  const email = `${user.mailbox}@${user.mailDomain}`;
  const root = {
    none: { user: email },
    "the email": { user: email },
    "another email": { user: `${user.username.text}@elsewhere.example.com` },
    bare: { user: user.username.text, domain: user.userDomain === "" ? user.mailDomain : user.userDomain },
  }[user.username.form];
  const details = {
    email,
    ...(user.first === "" ? {} : { firstname: user.first }),
    ...(user.last === "" ? {} : { lastname: user.last }),
    ...(user.country.code === "" ? {} : { country: user.country.code }),
    ...(ifExists[choice] === undefined ? {} : { option: ifExists[choice] }),
  };
  const group = user.groups;
  return { ...root, do: [{ [step]: details }, ...(group.length === 0 ? [] : [{ add: { group } }])] };
}

describe("a CSV file", () => {
  test("means the same commands however it is written: separator, columns' words and order, quotation, blank cells", async () => {
    await fc.assert(
      fc.asyncProperty(file, async ({ choices: chosen, style, users }) => {
        const rows = users.map(cellsOf).map((cells) => style.columns.map(({ cell }) => cells[cell]));
        const { text, lines } = writeCsv(rows, style);
        const { entries, faults, warnings } = await read(text, chosen);
        expect(faults).toEqual([]);
        expect(entries).toEqual(
          users.map((user, index) => ({ at: `line ${lines[index]}`, command: meant(user, chosen) })),
        );
        const own = style.columns.filter(({ cell }) => cell === "own");
        expect(warnings.length).toBe(own.length === 0 ? 0 : 1);
        for (const { name } of own) expect(warnings.join().toLowerCase()).toContain(`"${name.toLowerCase()}"`);
      }),
      { numRuns: runs(3000) },
    );
  });

  const mark = "Quillfeather";
  const long = mark.repeat(30);
  /** What may be wrong in a cell, and what is then said to be expected. */
  const mistakes: Partial<Record<Cell, readonly (readonly [wrong: string, expected: string])[]>> = {
    email: [
      [mark, "an email"],
      [`${mark}@${mark}`, "an email"],
      [`${mark}@a@example.com`, "an email"],
      ["", "an email"],
    ],
    username: [
      [long, "a username"],
      [`${mark}@`, "a username"],
    ],
    first: [
      [long, "a name"],
      [`${mark}\n${mark}`, "a name"],
    ],
    last: [[long, "a name"]],
    country: [
      [mark, "two letters of ISO 3166"],
      ["ZZ", "two letters of ISO 3166"],
      ["U.S. of Europe", "an English name"],
    ],
    groups: [
      [`A,${long}`, "a name"],
      ["_org_admin", "not _org_admin"],
      ["_compartment_viewer", "or _compartment_viewer"],
    ],
    kind: [[mark, "federatedID, enterpriseID or adobeID"]],
  };
  const mistake = fc.constantFrom(...Object.keys(mistakes)).chain((cell) =>
    fc.constantFrom(
      ...Object.entries(mistakes)
        .flatMap(([key, wrong]) => (key === cell ? wrong : []))
        .map(([wrong, expected]) => ({ cell, wrong, expected })),
    ),
  );

  test("with a bad value is told the line, the column as the file calls it, the value, and what was expected", async () => {
    await fc.assert(
      fc.asyncProperty(file, mistake, fc.nat(), async ({ set, choices: chosen, style, users }, broken, at) => {
        const column = style.columns.find(({ cell }) => cell === broken.cell);
        fc.pre(column !== undefined);
        const bad = at % users.length;
        const rows = users
          .map(cellsOf)
          .map((cells, index) =>
            style.columns.map(({ cell }) => (index === bad && cell === broken.cell ? broken.wrong : cells[cell])),
          );
        // A line without any value is passed over.
        fc.pre(rows[bad]?.some((value) => value !== "") === true);
        const { text, lines } = writeCsv(rows, style);
        const { entries, faults } = await read(text, chosen);
        const named = new Set(faults.map((fault) => fault.at));
        const shown = column !== undefined && /^[\w-]+$/.test(column.name) ? column.name : `"${column?.name}"`;
        expect([...named].map((place) => place.toLowerCase())).toEqual([
          `line ${lines[bad]}, column ${shown.toLowerCase()}`,
        ]);
        expect(faults.some(({ detail }) => detail.includes(broken.expected))).toBe(true);
        const start = JSON.stringify(broken.wrong.replace(/^A,/, "").slice(0, 12)).slice(1, -1);
        expect(faults.some(({ detail }) => broken.wrong === "" || detail.includes(`"${start}`))).toBe(true);
        expect(entries).toEqual(
          users.flatMap((user, index) =>
            index === bad ? [] : [{ at: `line ${lines[index]}`, command: meant(user, chosen) }],
          ),
        );
        expect(Object.values(columnSets[set])).toContain(column?.name);
      }),
      { numRuns: runs(400) },
    );
  });

  test("with more values than columns is told the line, the last value, and how many were expected", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), fc.nat(3), async ({ choices: chosen, style, users }, at, gap) => {
        const bad = at % users.length;
        const rows = users.map(cellsOf).map((cells, index) => {
          const row = style.columns.map(({ cell }) => cells[cell]);
          return index === bad ? [...row, ...Array.from({ length: gap }, () => ""), mark] : row;
        });
        const { text, lines } = writeCsv(rows, style);
        const { entries, faults } = await read(text, chosen);
        expect(faults.map((fault) => fault.at)).toEqual([`line ${lines[bad]}`]);
        expect(itemAt(faults, 0).detail).toContain(`"${mark}"; expected ${style.columns.length}`);
        expect(entries.length).toBe(users.length - 1);
      }),
    );
  });

  test("with a quotation mark that is never closed is told the line where that value begins", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), async ({ choices: chosen, style, users }, at) => {
        const bad = at % users.length;
        const rows = users.map(cellsOf).map((cells) => style.columns.map(({ cell }) => cells[cell]));
        const { text, lines } = writeCsv(rows, style);
        const line = itemAt(lines, bad);
        const before = text.split("\n").slice(0, line - 1);
        const broken = [...before, `a${style.separator}"${mark}`, "b,c", ""].join("\n");
        expect(await read(broken, chosen)).toMatchObject({
          entries: [],
          faults: [{ at: `line ${line}`, detail: expect.stringContaining("quotation mark") }],
        });
      }),
    );
  });
});
