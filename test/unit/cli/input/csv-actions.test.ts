import { describe, expect, test } from "vitest";
import type { CsvChoices } from "../../../../cli/input/input.ts";
import { readFileText, refusalOf } from "../../../support/read-file-text.ts";

const commandsOf = async (lines: readonly string[], given: Partial<CsvChoices> = {}) => {
  const { entries, faults } = await readFileText(lines.join("\n"), given);
  expect(faults).toEqual([]);
  return entries.map(({ command }) => command);
};
const group = (...names: string[]) => ({ group: names });

describe("more than joiners:", () => {
  const heading = "email,firstname,lastname,country,email_new,add_groups,remove_groups";

  test("a column called action gives the action of each line", async () => {
    const lines = [
      `action,${heading}`,
      "create,a@example.com,A,B,US,,Design,",
      'Update,b@example.com,,Ray,,r@example.com,"One, two",Three',
      "remove,c@example.com,C,D,US,,,",
      "add-groups,d@example.com,,,,,Design,",
      'Remove Groups,e@example.com,,,,,,"Design,Print"',
    ];
    expect(await commandsOf(lines)).toEqual([
      {
        user: "a@example.com",
        do: [
          {
            createFederatedID: {
              email: "a@example.com",
              firstname: "A",
              lastname: "B",
              country: "US",
              option: "updateIfAlreadyExists",
            },
          },
          { add: group("Design") },
        ],
      },
      {
        user: "b@example.com",
        do: [
          { update: { email: "r@example.com", lastname: "Ray" } },
          { remove: group("Three") },
          { add: group("One", "two") },
        ],
      },
      { user: "c@example.com", do: [{ removeFromOrg: {} }] },
      { user: "d@example.com", do: [{ add: group("Design") }] },
      { user: "e@example.com", do: [{ remove: group("Design", "Print") }] },
    ]);
  });

  test.each([
    ["update", [{ update: { firstname: "A", lastname: "B" } }, { add: group("Design") }]],
    ["remove", [{ removeFromOrg: {} }]],
    ["add-groups", [{ add: group("Design") }]],
    ["remove-groups", [{ remove: group("Design") }]],
  ] as const)("--action %s says it of all lines, in a file as joiners have it", async (action, steps) => {
    const lines = ["upn,mail,firstname,lastname,country_code,groups", "a@example.com,a@example.com,A,B,Utopia,Design"];
    expect(await commandsOf(lines, { action })).toEqual([{ user: "a@example.com", do: steps }]);
  });

  test.each([
    ["a username and its domain", "jo,fed.example.com,federatedID", { user: "jo", domain: "fed.example.com" }],
    ["a username that is an email", "jo@example.com,,", { user: "jo@example.com" }],
    ["an Adobe ID", "jo@example.com,,adobeID", { user: "jo@example.com", useAdobeID: true }],
  ])("an existing user may be named by %s", async (_, line, who) => {
    const lines = ["username,domain,type,groups", `${line},Design`];
    expect(await commandsOf(lines, { action: "add-groups" })).toEqual([{ ...who, do: [{ add: group("Design") }] }]);
  });

  test.each([
    ["terminate", "remove"],
    ["Delete", "remove"],
    ["remve", "remove"],
    ["Hire", "create"],
    ["change", "update"],
    ["add-group", "add-groups"],
  ])("%s is not an action, and may mean %s", async (written, meant) => {
    expect(await refusalOf(`action,${heading}\n${written},a@example.com\n`)).toBe(
      `line 2, column action: "${written}" is not an action (did you mean ${meant}?); expected create, update, remove, add-groups or remove-groups`,
    );
  });

  test.each([
    [
      "with an empty action",
      `action,${heading}\n,a@example.com\n`,
      {},
      "line 2, column action: nothing; expected create",
    ],
    [
      "with groups to remove from a joiner",
      `${heading}\na@example.com,A,B,US,,,Design\n`,
      {},
      'column remove_groups: "Design", which the action create ignores; expected the action update or remove-groups',
    ],
    [
      "with a new email for a leaver",
      `${heading}\na@example.com,A,B,US,n@example.com\n`,
      { action: "remove" },
      "column email_new",
    ],
    [
      "with groups to add for a leaver",
      `${heading}\na@example.com,A,B,US,,Design\n`,
      { action: "remove" },
      "column add_groups",
    ],
    ["with nothing to update", `${heading}\na@example.com,,,US\n`, { action: "update" }, "line 2: nothing to update"],
    [
      "with no groups to add",
      `${heading}\na@example.com\n`,
      { action: "add-groups" },
      "column add_groups: nothing; expected the groups to add",
    ],
    [
      "with no groups to remove",
      "email,groups\na@example.com,\n",
      { action: "remove-groups" },
      "column groups: nothing; expected the groups to remove",
    ],
    [
      "with an email that is none",
      "email,groups\nann.example.com,x\n",
      { action: "add-groups" },
      'column email: "ann.example.com"; expected an email',
    ],
    ["with a username without a domain", "username,domain\njo,\n", {}, "column domain: nothing"],
    [
      "with a new email in other letters only",
      `${heading}\na@example.com,,,,A@example.com\n`,
      { action: "update" },
      "column email_new",
    ],
    [
      "with a group that nobody can leave",
      "email,groups\na@example.com,_org_admin\n",
      { action: "remove-groups" },
      'column groups: "_org_admin"',
    ],
  ] as const)("a line %s is told so", async (_, text, given, words) => {
    expect(await refusalOf(text, given)).toContain(words);
  });

  test("only the sync tool's list of users to remove means removal without an action", async () => {
    for (const columns of ["email", "email,firstname", "username,domain,Department", "email,domain,firstname"])
      expect(await refusalOf(`${columns}\na@example.com\n`)).toMatch(
        /no column for the .*\n[\s\S]*say with --action what/,
      );
  });

  test.each([
    ["in other letters", "Design,design, DESIGN ", ["Design"]],
    ["in another form of Unicode", "M\u00fcnchen,Mu\u0308nchen,M\u00dcNCHEN", ["M\u00fcnchen"]],
    ["in another column", "Design,Print", ["Design", "Print"]],
  ])("a group that stands there again %s is meant once", async (_, written, meant) => {
    const lines = ["email,groups,add_groups", `a@example.com,"${written}",design`];
    const names = meant.includes("Design") ? meant : [...meant, "design"];
    expect(await commandsOf(lines, { action: "add-groups" })).toEqual([
      { user: "a@example.com", do: [{ add: group(...names) }] },
    ]);
  });
});
