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

const file = fc
  .record({ set: fc.constantFrom<ColumnSet[]>("samples", "sync tool"), choices })
  .chain(({ set, choices: chosen }) =>
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
  const kind = kinds.find((each) => each.toLowerCase() === user.kind.toLowerCase()) ?? type;
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
    ...(user.country === "" ? {} : { country: user.country }),
    ...(ifExists[choice] === undefined ? {} : { option: ifExists[choice] }),
  };
  const group = user.groups;
  return { ...root, do: [{ [step]: details }, ...(group.length === 0 ? [] : [{ add: { group } }])] };
}

describe("a CSV file", () => {
  test("means the same commands however it is written: order of columns, quotation, line ends, blank lines", async () => {
    await fc.assert(
      fc.asyncProperty(file, async ({ choices: chosen, style, users }) => {
        const rows = users.map(cellsOf).map((cells) => style.columns.map(({ cell }) => cells[cell]));
        const { text, lines } = writeCsv(rows, style);
        expect(await read(text, chosen)).toEqual({
          entries: users.map((user, index) => ({ at: `line ${lines[index]}`, command: meant(user, chosen) })),
          faults: [],
        });
      }),
      { numRuns: runs(3000) },
    );
  });

  /** In everything that is wrong, and in nothing else. */
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
      [mark, "two upper-case letters"],
      ["us", "two upper-case letters"],
    ],
    groups: [
      [`A,${long}`, "a name"],
      [`${mark},${mark.toUpperCase()}`, "each name once"],
      ["_org_admin", "not _org_admin"],
      ["_compartment_viewer", "or _compartment_viewer"],
    ],
    kind: [[mark, "federatedID, enterpriseID, adobeID"]],
  };
  const mistake = fc.constantFrom(...Object.keys(mistakes)).chain((cell) =>
    fc.constantFrom(
      ...Object.entries(mistakes)
        .flatMap(([key, wrong]) => (key === cell ? wrong : []))
        .map(([wrong, expected]) => ({ cell, wrong, expected })),
    ),
  );

  test("with a bad value is told the line, the column as the file calls it, and what was expected, not the value", async () => {
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
        const { text, lines } = writeCsv(rows, style);
        const { entries, faults } = await read(text, chosen);
        const named = new Set(faults.map((fault) => fault.at));
        expect([...named]).toEqual([`line ${lines[bad]}, column ${column?.name}`]);
        expect(faults.some(({ detail }) => detail.includes(broken.expected))).toBe(true);
        expect(JSON.stringify(faults).toLowerCase()).not.toContain(mark.toLowerCase());
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

  test("with values that are too few or too many is told the line, and how many were expected", async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), fc.boolean(), async ({ choices: chosen, style, users }, at, isMore) => {
        const bad = at % users.length;
        const rows = users.map(cellsOf).map((cells, index) => {
          const row = style.columns.map(({ cell }) => cells[cell]);
          return index !== bad ? row : isMore ? [...row, mark] : row.slice(1, -1).concat(mark);
        });
        const { text, lines } = writeCsv(rows, style);
        const { entries, faults } = await read(text, chosen);
        expect(faults.map((fault) => fault.at)).toEqual([`line ${lines[bad]}`]);
        expect(itemAt(faults, 0).detail).toContain(`expected ${style.columns.length}`);
        expect(JSON.stringify(faults)).not.toContain(mark);
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
        const broken = [...before, `a,"${mark}`, "b,c", ""].join("\n");
        expect(await read(broken, chosen)).toEqual({
          entries: [],
          faults: [{ at: `line ${line}`, detail: expect.stringContaining("quotation mark") }],
        });
      }),
    );
  });
});

describe("the heading of a CSV file", () => {
  const chosen = { type: "federatedID", ifExists: "update" } as const;
  const fault = async (heading: string) => itemAt((await read(`\n${heading}\na,b,c\n`, chosen)).faults, 0);

  test("with a column that is not known names those that are, and which it is by number", async () => {
    expect(await fault("mail,Quillfeather,firstname")).toEqual({
      at: "line 2",
      detail: expect.stringMatching(/^column 2 .*known are email, mail, username, upn/),
    });
  });

  test("with other separators than commas says so", async () => {
    for (const separator of [";", "\t"])
      expect((await fault(["mail", "firstname", "lastname"].join(separator))).detail).toContain("commas");
  });

  test("needs an email, and one column for each thing", async () => {
    expect((await fault("upn,firstname")).detail).toBe("no column email or mail");
    expect((await fault("mail,upn,username")).detail).toBe("two columns for the username; expected one");
  });
});
