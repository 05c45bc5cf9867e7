import fc from "fast-check";
import { Dice } from "../simulation/seeded-random.ts";

/** What a line of a CSV file says of a user, under names that are no column's. */
export interface CsvUser {
  /** Before and after the @. */
  readonly mailbox: string;
  readonly mailDomain: string;
  readonly username: { readonly form: "none" | "bare" | "the email" | "another email"; readonly text: string };
  readonly first: string;
  readonly last: string;
  readonly country: string;
  readonly groups: readonly string[];
  /** In any letter case; empty if the line does not say. */
  readonly kind: string;
  /** Of a bare username; empty if the line does not say. */
  readonly userDomain: string;
}

/** The columns of Adobe's samples, and those of its sync tool, by what stands in them. */
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
} as const;

export type ColumnSet = keyof typeof columnSets;
export type Cell = "email" | "username" | "first" | "last" | "country" | "groups" | "kind" | "userDomain";

/** How a file is written: none of it means anything. */
export interface CsvStyle {
  readonly columns: readonly { readonly cell: Cell; readonly name: string }[];
  readonly byteOrderMark: boolean;
  readonly lastLineEnds: boolean;
  /** Of the choices on the way. */
  readonly seed: number;
}

const mailbox = fc.stringMatching(/^[a-z0-9][a-z0-9.+'-]{0,11}$/).filter((text) => !/\.\.|\.$/.test(text));
const domain = fc.constantFrom("example.com", "EXAMPLE.com", "eu.example.com");
const name = fc.oneof(
  fc.constantFrom("Ada", "Zoë", "李", "O'Neil 🎈", 'Ann "Nan" Lee', "Smith, Jr.", "a;b", "-", '"'),
  fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text && text !== ""),
);
const groupNames = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("Design", "Creative Cloud 1", "U.S. Finance", '21" screens', "_admin_Design"),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ._-]{0,20}[A-Za-z0-9]$/),
  ),
  { maxLength: 14, selector: (group) => group.toLowerCase() },
);

/** Lawful users. @param columns those that only some files can say are empty for others */
export function csvUser(columns: ColumnSet, otherwise: string): fc.Arbitrary<CsvUser> {
  const kinds = ["", "federatedID", "FEDERATEDID", "enterpriseID", "enterpriseid", "adobeID"];
  const kind = columns === "samples" ? fc.constant("") : fc.constantFrom(...kinds);
  return kind.chain((said) => {
    const kindMeant = (said === "" ? otherwise : said).toLowerCase();
    const isFederated = kindMeant === "federatedid";
    const person = kindMeant === "adobeid" ? fc.oneof(name, fc.constant("")) : name;
    const forms = ["none", "the email", "another email", ...(isFederated ? (["bare", "bare"] as const) : [])] as const;
    return fc.record({
      mailbox,
      mailDomain: domain,
      username: fc.record({ form: fc.constantFrom(...forms), text: mailbox }),
      first: person,
      last: person,
      country: isFederated ? fc.constantFrom("US", "DE") : fc.constantFrom("", "US", "JP"),
      groups: groupNames,
      kind: fc.constant(said),
      userDomain: columns === "samples" ? fc.constant("") : fc.constantFrom("", "", "other.example.com"),
    });
  });
}

export function csvStyle(columns: ColumnSet): fc.Arbitrary<CsvStyle> {
  const named = Object.entries(columnSets[columns]).flatMap(([key, column]) =>
    isCell(key) ? [{ cell: key, name: column }] : [],
  );
  return fc.record({
    columns: fc.shuffledSubarray(named, { minLength: named.length }),
    byteOrderMark: fc.boolean(),
    lastLineEnds: fc.boolean(),
    seed: fc.nat(),
  });
}

export function cellsOf(user: CsvUser): Readonly<Record<Cell, string>> {
  const { username, groups, kind } = user;
  const email = `${user.mailbox}@${user.mailDomain}`;
  const usernames = {
    none: "",
    bare: username.text,
    "the email": email.toUpperCase(),
    "another email": `${username.text}@elsewhere.example.com`,
  };
  return {
    email,
    username: usernames[username.form],
    first: user.first,
    last: user.last,
    country: user.country,
    groups: groups.join(","),
    kind,
    userDomain: user.userDomain,
  };
}

/** A file, and on which line (from 1) each of its rows begins. */
export function writeCsv(
  rows: readonly (readonly string[])[],
  { byteOrderMark, lastLineEnds, seed, columns }: CsvStyle,
): { readonly text: string; readonly lines: readonly number[] } {
  const dice = new Dice(seed);
  const choose = (percent: number) => dice.chance(percent / 100);
  const lineEnd = () => (choose(50) ? "\r\n" : "\n");
  const heading = columns.map(({ name: column }) => (choose(20) ? column.toUpperCase() : column));
  const lines: number[] = [];
  let text = byteOrderMark ? "\uFEFF" : "";
  const all = [heading, ...rows];
  for (const [index, row] of all.entries()) {
    while (choose(15)) text += (choose(50) ? "" : choose(50) ? "  " : ",".repeat(columns.length - 1)) + lineEnd();
    if (index > 0) lines.push(text.split("\n").length);
    const isList = (at: number) => columns[at]?.cell === "groups";
    text += row.map((cell, at) => written(cell, isList(at) ? `,${lineEnd()}` : ",", choose)).join(",");
    if (index < all.length - 1 || lastLineEnds) text += lineEnd();
  }
  return { text, lines };
}

/** RFC 4180, with spaces that people put in. @param comma a list may go on on the next line */
function written(cell: string, comma: string, choose: (percent: number) => boolean): string {
  const padding = () => (choose(20) ? " " : "");
  const mustQuote = /[",\r\n]/.test(cell);
  if (!mustQuote && !choose(30)) return padding() + cell + padding();
  const inner = choose(40) ? cell.replaceAll(",", comma) : cell;
  return `${padding()}"${padding()}${inner.replaceAll('"', '""')}${padding()}"${padding()}`;
}

const isCell = (key: string): key is Cell =>
  ["email", "username", "first", "last", "country", "groups", "kind", "userDomain"].includes(key);
