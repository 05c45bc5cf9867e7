import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { sharedFolder } from "../../support/folders.ts";
import { kept, runInProcess } from "../../support/umapi-in-process.ts";

const folder = sharedFolder();
const write = (name: string, ...lines: readonly string[]) => folder.write(name, lines.join("\n"));

const list = write("list.csv", "type,username,domain", "federatedID,jo,fed.example", "adobeID,jim@example.com,");
const mixed = write(
  "mixed.csv",
  "action,email,firstname,lastname,country,remove_groups",
  "create,a@example.com,A,B,US,",
  "remove,b@example.com,,,,",
  "remove-groups,c@example.com,,,,Design",
  "update,d@example.com,,Ray,,Design",
);
const joiners = write("joiners.csv", "mail,firstname,lastname,country", "a@example.com,A,B,US");
const leavers = write(
  "leavers.csv",
  "mail,Status",
  ...Array.from({ length: 7 }, (_, index) => `p${index}@example.com,Left`),
);
const json = write("removal.json", JSON.stringify([{ user: "a@example.com", do: [{ removeFromOrg: {} }] }]));

/** Nobody answers there: whoever gets that far would have submitted. */
const wentOn = { message: expect.stringContaining("cannot be reached") };

/** With somebody at the terminal, who types this. */
async function atTerminal(args: readonly string[], typed: string) {
  const stderr = kept({ isTTY: true, columns: 80, rows: 24 });
  const stdin = Object.assign(Readable.from([typed]), { isTTY: true });
  const { error } = await runInProcess(args, { stdin, stderr });
  return { error, shown: stderr.text };
}

describe("what removes", () => {
  test.each([
    [
      "the sync tool's list",
      ["submit", list],
      "removes 2 people from the organisation:\n  jo in fed.example\n  jim@example.com\n",
    ],
    [
      "a file with an action for each line",
      ["submit", mixed],
      "removes 1 person from the organisation, and takes groups from 2 people:\n",
    ],
    [
      "a file with one action for all",
      ["submit", leavers, "--action", "remove"],
      "removes 7 people from the organisation:\n",
    ],
  ])("%s: shows how many and who, asks, and goes on only with a yes", async (_, args, words) => {
    for (const typed of ["\n", "n\n", "no\n", "what\n", ""]) {
      const { error, shown } = await atTerminal(args, typed);
      expect(error).toMatchObject({ name: "CommandError", message: "Nothing was submitted." });
      expect(shown).toContain(words);
      expect(shown).toContain("[y/N]");
    }
    for (const typed of ["y\n", "YES\n"]) expect((await atTerminal(args, typed)).error).toMatchObject(wentOn);
  });

  test.each([[[list]], [[mixed]], [[leavers, "--action", "remove"]]])(
    "%j needs --yes where nobody can be asked, and shows all the same how many",
    async (args) => {
      const refused = await runInProcess(["submit", ...args]);
      expect(refused.error).toMatchObject({ name: "CommandError", message: expect.stringContaining("add --yes") });
      expect(refused.stderr).toMatch(/ (removes|takes groups from) [\s\S]*people?/);
      const said = await runInProcess(["submit", ...args, "--yes"]);
      expect(said.error).toMatchObject(wentOn);
      expect(said.stderr).toContain(refused.stderr);
      expect((await atTerminal(["submit", ...args, "-y"], "")).error).toMatchObject(wentOn);
    },
  );

  test.each([
    ["what adds", ["submit", joiners]],
    ["what Adobe only checks", ["submit", list, "--test-only"]],
    ["what JSON spells out", ["submit", json]],
  ])("but %s is not asked about", async (_, args) => {
    const { error, stderr } = await runInProcess(args);
    expect(error).toMatchObject(wentOn);
    expect(stderr).toBe("");
  });

  test("names a few of many", async () => {
    const { stderr } = await runInProcess(["submit", leavers, "--action", "remove"]);
    expect(stderr).toMatch(/p0@example\.com\n[\s\S]*p4@example\.com\n {2}… and 2 others\n/);
    expect(stderr).toContain("Status  7 of 7 lines: Left (7)");
  });
});

describe("an option that is for CSV", () => {
  test.each([
    [["--action", "remove"], "--action is for CSV"],
    [["--country", "GB"], "--country is for CSV"],
    [["--columns", "email=Mail"], "--columns is for CSV"],
  ])("%j is not passed over with JSON", async (options, words) => {
    const { error } = await runInProcess(["submit", json, ...options]);
    expect(error).toMatchObject({ name: "CommandError", message: expect.stringContaining(words) });
  });

  test.each(["Germny", "XX", ""])("--country %s is told what is wrong", async (country) => {
    const { stderr } = await runInProcess(["submit", joiners, "--country", country]);
    expect(stderr).toContain("It is not a country");
    expect(stderr).toContain(country === "Germny" ? "(did you mean DE for Germany?)" : "Expected one such as GB.");
  });
});
