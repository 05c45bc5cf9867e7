import { describe, expect, test } from "vitest";
import { columnNames } from "../../../../cli/input/csv/column-names.ts";
import { readFileText, refusalOf } from "../../../support/read-file-text.ts";

const ann = { email: "ann@example.com", firstname: "Ann", lastname: "Lee", country: "US" };

describe("the heading of a CSV file", () => {
  test.each([
    "mail,firstname,lastname,country_code",
    "E-Mail,First Name,Last Name,Country Code",
    "Email Address,Given Name,Surname,Country",
    "work_email,given_name,family_name,country_iso",
    "EmailAddress,GivenName,sn,usageLocation",
    "Email Address [Required],First Name [Required],Last Name [Required],Country/Region",
    "Primary Email,Forename,Family name,Country name",
  ])("%s tells the same", async (heading) => {
    const { entries, warnings } = await readFileText(`${heading}\nann@example.com,Ann,Lee,US\n`);
    expect(entries.map(({ command }) => command)).toMatchObject([{ do: [{ createFederatedID: ann }] }]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ["email=Kontakt,firstname=Vorname,lastname=Nachname,country=Land", "Kontakt;Vorname;Nachname;Land"],
    [
      "Email=kontakt, First Name=Name, first,surname=Name, last,country=Land",
      'Kontakt,"Name, first","Name, last",Land',
    ],
    ["email=Private mail", "Work Email\tPrivate mail\tFirst name\tLast name\tCountry"],
  ])("--columns %s says what columns are called", async (said, heading) => {
    const separator = /[;\t]/.exec(heading)?.[0] ?? ",";
    const cells = heading.startsWith("Work") ? ["bob@example.com"] : [];
    const text = `${heading}\n${[...cells, "ann@example.com", "Ann", "Lee", "US"].join(separator)}\n`;
    const { entries } = await readFileText(text, { columns: columnNames(said) });
    expect(entries.map(({ command }) => command)).toMatchObject([{ do: [{ createFederatedID: ann }] }]);
  });

  test.each([
    ["emial=Mail", '"emial" is not a field; did you mean email?'],
    ["email", "Expected fields with the headings of their columns"],
    ["email=", "Expected fields with the headings of their columns"],
    ["Größe=L", '"Größe" is not a field'],
  ])("--columns %s is told what is wrong", (said, words) => {
    expect(() => columnNames(said)).toThrow(words);
  });

  test("that lacks a column is shown as it was read, with what may have been meant", async () => {
    expect(await refusalOf("\nVorname;Surename;E-Mal;Country Code;Dept\nAnn;Lee;ann@example.com;US;\n")).toBe(
      [
        "standard input, line 2: no column for the email, firstname and lastname.",
        "Separated by semicolons, the heading was read as",
        "  Vorname       ignored (did you mean firstname?)",
        "  Surename      ignored (did you mean lastname?)",
        "  E-Mal         ignored (did you mean email?)",
        "  Country Code  country",
        "  Dept          ignored",
        'Say what columns are called, for example --columns "firstname=Vorname,lastname=Surename,email=E-Mal".',
        "If the people have accounts already, say with --action what to do.",
        "Nothing was submitted.",
      ].join("\n"),
    );
  });

  test.each([
    ["upn,firstname,lastname,country\n", {}, "no column for the email."],
    ["mail,firstname\n", {}, "no column for the lastname and country."],
    ["mail,firstname,lastname\n", { type: "adobeID" }, ""],
    ["mail,firstname,lastname\n", { country: "US" }, ""],
    ["mail,firstname,lastname,type\n", {}, ""],
    ["department,groups\n", { action: "add-groups" }, "no column for the email."],
    ["mail,department\n", { action: "remove-groups" }, "no column for the groups to remove."],
    ["mail,department\n", { action: "update" }, "no column for anything that could be updated."],
    [
      "mail,upn,username,firstname,lastname,country\n",
      {},
      '2 columns for the username, "upn" and "username"; say which',
    ],
    [
      "Mail,Work Email,First Name,Last Name,Country\n",
      {},
      '2 columns for the email, "Mail" and "Work Email"; say which',
    ],
    ["mail,first name,first_name,lastname,country\n", {}, '2 columns for the firstname, "first name" and "first_name"'],
    ["mail,firstname,lastname,country\n", { columns: columnNames("email=Mial") }, "called that; did you mean mail?"],
    ["id,id,firstname,lastname,country\n", { columns: columnNames("email=id") }, "2 columns are called that"],
  ] as const)("%j with %j is told %j", async (heading, given, words) => {
    const refusal = await refusalOf(heading, given);
    if (words === "") expect(refusal).toBe("");
    else expect(refusal).toContain(words);
  });

  test.each(["Name", "Full Name", "displayName"])("whose name is whole, as %s, says to divide it", async (heading) => {
    const refusal = await refusalOf(`${heading},Email,Country\nAnn Lee,ann@example.com,US\n`);
    expect(refusal).toMatch(new RegExp(`^ {2}${heading} +ignored$`, "m"));
    expect(refusal).toContain("Divide whole names into a column firstname and a column lastname.");
  });

  test("may be missing: the first line is then told not to be one", async () => {
    const refusal = await refusalOf("ann@example.com,Ann,Lee,US\nbob@example.com,Bob,Ray,US\n");
    expect(refusal).toContain("no column for the email");
    expect(refusal).toContain("The file needs a heading above the first user.");
  });

  test("may have a country's code beside its name: the code is taken, and the name ignored with a word", async () => {
    const { entries, warnings } = await readFileText(
      "mail,firstname,lastname,Country,Country Code\nann@example.com,Ann,Lee,States,US\n",
    );
    expect(entries.map(({ command }) => command)).toMatchObject([{ do: [{ createFederatedID: ann }] }]);
    expect(warnings).toEqual(['standard input: a column is ignored: "Country".']);
  });

  test("may have columns of one's own, of which a warning names each, and what it may have been meant for", async () => {
    const { entries, warnings } = await readFileText(
      ",mail,firstname,lastname,country,Goups,Department,Cost Centre\n0,ann@example.com,Ann,Lee,US,Design,IT,7\n",
    );
    expect(entries.length).toBe(1);
    expect(warnings).toEqual([
      [
        "standard input: 4 columns are ignored: column 1, which has no heading,",
        '  "Goups" (did you mean groups?), "Department", "Cost Centre".',
      ].join("\n"),
    ]);
  });
});
