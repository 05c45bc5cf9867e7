import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writtenFile } from "../../cli/input/csv/written-file.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { arbitraryCommand } from "../support/arbitrary-commands.ts";
import { cellsOf, csvStyle, csvUser, writeCsv } from "../support/arbitrary-csv.ts";
import { readFileText } from "../support/read-file-text.ts";
import { runs } from "../support/runs.ts";

const error = { code: "error.group.not_found", message: 'Group not found:\n"X", Y', hint: "=1+1" };
const written = (commands: readonly Command[]) =>
  writtenFile(commands.map((command, index) => ({ id: `call-${index}`, command, error })));
/** Adobe sends it back, and does nothing with it. */
const withoutMark = ({ requestID: _, ...command }: Command) => command;

describe("the file that umapi list --csv writes", () => {
  test("reads back as the same commands; those that a line cannot express are left out and named", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryCommand(), { maxLength: 8 }), async (commands) => {
        const { text, unwritten } = written(commands);
        const kept = commands.filter((_, index) => !unwritten.includes(`call-${index}`));
        const { entries, faults, warnings } = await readFileText(text, { ifExists: "fail" });
        expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
        expect(entries.map(({ command }) => command)).toEqual(kept.map(withoutMark));
      }),
      { numRuns: runs(2000) },
    );
  });

  test("leaves out nothing that a CSV file has submitted", async () => {
    const file = fc.record({
      style: csvStyle("Admin Console"),
      users: fc.array(csvUser("Admin Console", "federatedID"), { minLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(file, async ({ style, users }) => {
        const { text } = writeCsv(
          users.map(cellsOf).map((cells) => style.columns.map(({ cell }) => cells[cell])),
          style,
        );
        const commands = (await readFileText(text)).entries.map(({ command }) => command);
        expect(written(commands).unwritten).toEqual([]);
      }),
    );
  });

  test.each([
    ["a user group's", { usergroup: "G", do: [{ deleteUserGroup: {} }] }],
    ["one that destroys an account", { user: "a@example.com", do: [{ removeFromOrg: { deleteAccount: true } }] }],
    ["one that takes all groups", { user: "a@example.com", do: [{ remove: "all" }] }],
    ["a group with a comma in its name", { user: "a@example.com", do: [{ add: { group: ["A, B"] } }] }],
    [
      "steps in another order",
      { user: "a@example.com", do: [{ add: { group: ["A"] } }, { remove: { group: ["B"] } }] },
    ],
  ] as const satisfies (readonly [string, Command])[])("does not say less than %s: it leaves it out", (_, command) => {
    expect(written([command]).unwritten).toEqual(["call-0"]);
  });

  test("tells why, in one line each and not as a formula; letters beyond ASCII are safe in a spreadsheet", () => {
    const add: Command = { user: "a@example.com", do: [{ add: { group: ["Müller"] } }] };
    expect(written([add]).text).toBe(
      [
        "\uFEFFaction,type,email,username,domain,firstname,lastname,country,groups,remove_groups,email_new,if_exists,not_before,failed_code,failed_message,failed_hint,failed_operation",
        'add-groups,,a@example.com,,,,,,Müller,,,,,error.group.not_found,"Group not found: ""X"", Y",\'=1+1,call-0',
        "",
      ].join("\r\n"),
    );
    expect(written([]).text).toMatch(/^action,/);
  });
});
