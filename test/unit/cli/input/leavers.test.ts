import { describe, expect, test } from "vitest";
import { readFileText, refusalOf } from "../../../support/read-file-text.ts";

const heading = "mail,firstname,lastname,country";
const file = (column: string, ...values: readonly string[]) =>
  [`${heading},${column}`, ...values.map((value, index) => `p${index}@example.com,A,B,US,${value}`), ""].join("\n");

describe("a file that tells who leaves is not taken for joiners:", () => {
  test.each([
    ["Termination Date", "2026-03-31"],
    ["termination_date", "31.03.2026"],
    ["TerminationReason", "Voluntary"],
    ["Status", "Terminated"],
    ["Employment Status", "Active"],
    ["EmployeeStatus", "T"],
    ["End Date", "2026-03-31"],
    ["contract_end_date", "2026-03-31"],
    ["EndDate", "2026-03-31"],
    ["Last Working Day", "2026-03-31"],
    ["Leave date", "2026-03-31"],
    ["Leaving Reason", "other"],
    ["Leaver?", "Y"],
    ["Date left", "2026-03-31"],
    ["Exit Date", "2026-03-31"],
    ["Separation Date", "2026-03-31"],
    ["Resignation date", "2026-03-31"],
    ["Offboarding", "started"],
    ["Enabled", "False"],
    ["accountEnabled", "FALSE"],
    ["Active", "no"],
    ["Suspended", "TRUE"],
    ["Deleted at", "2026-03-31"],
    ["Event", "Termination"],
    ["Movement", "Leaver"],
    ["Notes", "left"],
    ["Austrittsdatum", "31.03.2026"],
    ["Kündigung zum", "31.03.2026"],
    ["Date de départ", "31/03/2026"],
    ["Fecha de baja", "31/03/2026"],
  ])("%s with %s", async (column, value) => {
    const refusal = await refusalOf(file(column, "", value, ""));
    expect(refusal).toMatch(/may not be a list of joiners, because these columns tell who leaves:/);
    expect(refusal).toContain(`  ${column}  1 of 3 lines: ${value}`);
    expect(refusal).toContain("--action create, update, remove");
    expect((await readFileText(file(column, "", value), { action: "create" })).entries.length).toBe(2);
    expect((await readFileText(file(column, "", ""))).entries.length).toBe(2);
  });

  test.each([
    ["Department", "IT"],
    ["Gender", "x"],
    ["Start Date", "2026-03-31"],
    ["Hire date", "2026-03-31"],
    ["Vendor", "Acme"],
    ["State", "CA"],
    ["Marital Status", "separated"],
    ["Enabled", "True"],
    ["Active", "yes"],
    ["Suspended", "FALSE"],
    ["Calendar", "EU"],
    ["Notes", "left-handed"],
    ["Event", "Hire"],
  ])("but one with %s %s is", async (column, value) => {
    expect((await readFileText(file(column, "", value))).entries.length).toBe(2);
  });

  test("unless each line that tells it says what is to be done", async () => {
    const lines = [
      `action,${heading},Status`,
      "remove,a@example.com,A,B,US,Terminated",
      "create,b@example.com,A,B,US,Active",
    ];
    const { entries } = await readFileText(lines.join("\n"));
    expect(entries.map(({ command }) => command.do)).toMatchObject([
      [{ removeFromOrg: {} }],
      [{ createFederatedID: {} }],
    ]);
    expect(await refusalOf([...lines, ",c@example.com,A,B,US,Terminated"].join("\n"))).toContain("3 of 3 lines");
  });

  test("and before all of it is removed, what its columns tell is shown: who stays is seen", async () => {
    const text = file("Status", "Terminated", "Active", "Active", "");
    expect((await readFileText(text, { action: "remove" })).warnings).toEqual([
      'standard input: a column is ignored: "Status".',
      "standard input tells who leaves:\n  Status  3 of 4 lines: Active (2), Terminated\n  1 line without any of that",
    ]);
  });
});
