import fc from "fast-check";
import { Dice } from "../simulation/seeded-random.ts";

/** What a line of a CSV file says of a user, under names that are not a column's. */
export interface CsvUser {
  /** Before and after the @. */
  readonly mailbox: string;
  readonly mailDomain: string;
  readonly username: { readonly form: "none" | "bare" | "the email" | "another email"; readonly text: string };
  readonly first: string;
  readonly last: string;
  /** A code, and how the file writes it; both empty if the line does not say. */
  readonly country: { readonly code: string; readonly written: string };
  readonly groups: readonly string[];
  /** Whether one of them stands there again, in other letters. */
  readonly repeatsGroup: boolean;
  /** In any letter case; empty if the line does not say. */
  readonly kind: string;
  /** Of a bare username; empty if the line does not say. */
  readonly userDomain: string;
}

/** Headings of Adobe's samples, its sync tool, its Admin Console, and of others, by what stands under them. */
export const columnSets = {
  samples: {
    username: "upn",
    email: "mail",
    first: "firstname",
    last: "lastname",
    country: "country_code",
    groups: "groups",
  },
  "sync tool": {
    first: "firstname",
    last: "lastname",
    email: "email",
    country: "country",
    groups: "groups",
    kind: "type",
    username: "username",
    userDomain: "domain",
  },
  "Admin Console": {
    kind: "Identity Type",
    username: "Username",
    userDomain: "Domain",
    email: "Email",
    first: "First Name",
    last: "Last Name",
    country: "Country Code",
    groups: "Product Configurations",
  },
  directory: {
    username: "userPrincipalName",
    first: "GivenName",
    last: "Surname",
    email: "EmailAddress",
    country: "usageLocation",
    groups: "User_Groups",
  },
  "HR system": {
    first: "Given name",
    last: "Family Name",
    email: "Work Email",
    country: "Country/Region",
    groups: "groups",
  },
} as const;

export type ColumnSet = keyof typeof columnSets;
export type Cell = "email" | "username" | "first" | "last" | "country" | "groups" | "kind" | "userDomain";

/** A column, and what stands in it: a field of the user, or what is only the file's own. */
interface CsvColumn {
  readonly cell: Cell | "own";
  readonly name: string;
}

/** How a file is written. It does not change what the file means. */
export interface CsvStyle {
  readonly columns: readonly CsvColumn[];
  readonly separator: "," | ";" | "\t" | "|";
  readonly preamble: readonly ("#TYPE" | "sep=")[];
  /** Empty columns after the last, with or without a separator for them in the heading. */
  readonly surplus: { readonly heading: number; readonly lines: number };
  /** Whether a line may end where nothing more is said in it. */
  readonly hasShortLines: boolean;
  readonly byteOrderMark: boolean;
  readonly lastLineEnds: boolean;
  /** Of the choices on the way. */
  readonly seed: number;
}

const mailbox = fc.stringMatching(/^[a-z0-9][a-z0-9.+'-]{0,11}$/).filter((text) => !/\.\.|\.$/.test(text));
const domain = fc.constantFrom("example.com", "EXAMPLE.com", "eu.example.com");
const name = fc.oneof(
  fc.constantFrom("Ada", "Zoë", "李", "O'Neil 🎈", 'Ann "Nan" Lee', "Smith, Jr.", "a;b", "a|b", "-", '"'),
  fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text && text !== ""),
);
const groupNames = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("Design", "Creative Cloud 1", "U.S. Finance", '21" screens', "_admin_Design"),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ._-]{0,20}[A-Za-z0-9]$/),
  ),
  { maxLength: 14, selector: (group) => group.toLowerCase() },
);
const country = fc.constantFrom(
  ...Object.entries({
    US: ["US", "us", "USA", "United States", "united states of america"],
    DE: ["DE", "de", "Germany", "DEU"],
    GB: ["GB", "UK", "uk", "United Kingdom", "England"],
    KR: ["KR", "South Korea", "Korea, Republic of"],
  }).flatMap(([code, ways]) => ways.map((written) => ({ code, written }))),
);
const noCountry = fc.constant({ code: "", written: "" });

/** Lawful users. @param columns those that only some files can say are empty for others */
export function csvUser(columns: ColumnSet, otherwise: string): fc.Arbitrary<CsvUser> {
  const says: readonly string[] = Object.keys(columnSets[columns]);
  const kinds = ["", "federatedID", "FEDERATEDID", "Federated ID", "enterpriseID", "enterpriseid", "Adobe ID"];
  const kind = says.includes("kind") ? fc.constantFrom(...kinds) : fc.constant("");
  return kind.chain((said) => {
    const kindMeant = (said === "" ? otherwise : said).toLowerCase().replace(" ", "");
    const isFederated = kindMeant === "federatedid";
    const person = kindMeant === "adobeid" ? fc.oneof(name, fc.constant("")) : name;
    const forms = ["none", "the email", "another email", ...(isFederated ? (["bare", "bare"] as const) : [])] as const;
    return fc.record({
      mailbox,
      mailDomain: domain,
      username: fc.record({
        form: says.includes("username") ? fc.constantFrom(...forms) : fc.constant("none" as const),
        text: mailbox,
      }),
      first: person,
      last: person,
      country: isFederated ? country : fc.oneof(country, noCountry),
      groups: groupNames,
      repeatsGroup: fc.boolean(),
      kind: fc.constant(said),
      userDomain: says.includes("userDomain") ? fc.constantFrom("", "", "other.example.com") : fc.constant(""),
    });
  });
}

const ownColumns = ["Department", "Cost Centre", "Employee No.", "Manager", "bc", "subco", "Title (local)"];

export function csvStyle(columns: ColumnSet): fc.Arbitrary<CsvStyle> {
  const named = Object.entries(columnSets[columns]).flatMap(([key, column]) =>
    isCell(key) ? [{ cell: key, name: column }] : [],
  );
  const own = fc
    .subarray(ownColumns, { maxLength: 2 })
    .map((names) => names.map((each) => ({ cell: "own" as const, name: each })));
  return own.chain((others) => {
    const all: CsvColumn[] = [...named, ...others];
    return fc.record({
      columns: fc.shuffledSubarray(all, { minLength: all.length }),
      separator: fc.constantFrom(",", ";", "\t", "|"),
      preamble: fc.subarray(["#TYPE", "sep="] as const),
      surplus: fc.record({ heading: fc.nat(2), lines: fc.nat(2) }),
      hasShortLines: fc.boolean(),
      byteOrderMark: fc.boolean(),
      lastLineEnds: fc.boolean(),
      seed: fc.nat(),
    });
  });
}

export function cellsOf(user: CsvUser): Readonly<Record<Cell | "own", string>> {
  const { username, groups, kind } = user;
  const email = `${user.mailbox}@${user.mailDomain}`;
  const usernames = {
    none: "",
    bare: username.text,
    "the email": email.toUpperCase(),
    "another email": `${username.text}@elsewhere.example.com`,
  };
  const repeated = user.repeatsGroup ? groups.slice(0, 1).map((group) => group.toUpperCase()) : [];
  return {
    email,
    username: usernames[username.form],
    first: user.first,
    last: user.last,
    country: user.country.written,
    groups: [...groups, ...repeated].join(","),
    kind,
    userDomain: user.userDomain,
    own: user.last.slice(0, 3),
  };
}

/** A file, and on which line (from 1) each of its rows begins. */
export function writeCsv(
  rows: readonly (readonly string[])[],
  { byteOrderMark, lastLineEnds, seed, columns, separator, preamble, surplus, hasShortLines }: CsvStyle,
): { readonly text: string; readonly lines: readonly number[] } {
  const dice = new Dice(seed);
  const choose = (percent: number) => dice.chance(percent / 100);
  const lineEnd = () => (choose(50) ? "\r\n" : "\n");
  const heading = columns.map(({ name: column }) => (choose(20) ? column.toUpperCase() : column));
  const lines: number[] = [];
  let text = byteOrderMark ? "\uFEFF" : "";
  if (preamble.includes("#TYPE")) text += `#TYPE System.Management.Automation.PSCustomObject${lineEnd()}`;
  if (preamble.includes("sep=")) text += `sep=${separator}${lineEnd()}`;
  const all = [heading, ...rows];
  for (const [index, row] of all.entries()) {
    while (choose(15)) text += (choose(50) ? "" : choose(50) ? "  " : separator.repeat(columns.length - 1)) + lineEnd();
    if (index > 0) lines.push(text.split("\n").length);
    const isList = (at: number) => columns[at]?.cell === "groups";
    const cells = row.map((cell, at) => written(cell, separator, isList(at) ? `,${lineEnd()}` : ",", choose));
    const said = index > 0 && hasShortLines ? row.findLastIndex((cell) => cell !== "") + 1 : row.length;
    const empty = said < row.length ? "" : separator.repeat(index === 0 ? surplus.heading : surplus.lines);
    text += cells.slice(0, said).join(separator) + empty;
    if (index < all.length - 1 || lastLineEnds) text += lineEnd();
  }
  return { text, lines };
}

/** RFC 4180, with spaces that people put in. @param comma a list may go on on the next line */
function written(cell: string, separator: string, comma: string, choose: (percent: number) => boolean): string {
  const padding = () => (choose(20) ? " " : "");
  const mustQuote = /["\r\n]/.test(cell) || cell.includes(separator);
  if (!mustQuote && !choose(30)) return padding() + cell + padding();
  const inner = choose(40) ? cell.replaceAll(",", comma) : cell;
  return `${padding()}"${padding()}${inner.replaceAll('"', '""')}${padding()}"${padding()}`;
}

const isCell = (key: string): key is Cell =>
  ["email", "username", "first", "last", "country", "groups", "kind", "userDomain"].includes(key);
