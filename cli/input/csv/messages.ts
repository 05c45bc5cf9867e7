import { counted } from "../../output/text.ts";
import { didYouMean } from "../did-you-mean.ts";
import { quoted } from "../quoted.ts";
import { wrapped } from "../wrapped.ts";
import type { Column, Columns } from "./columns.ts";
import { isOurs, isWholeName } from "./fields.ts";
import type { LeavingTally } from "./leaving-tally.ts";

/** The most columns that are shown. */
const mostShown = 40;

export interface HeadingRead {
  /** What is wrong with the heading. */
  readonly detail: string;
  readonly columns: Columns;
  /** For example `commas`. */
  readonly separatedBy: string;
  /** Whether the file was taken for one of people to create, because no action was given. */
  readonly isForNew: boolean;
}

/** Says what is wrong with a heading, and how it was read. @param at its file and its line */
export function headingText(at: string, { detail, columns, separatedBy, isForNew }: HeadingRead): string {
  return [
    `${at}: ${detail}.`,
    `Separated by ${separatedBy}, the heading was read as`,
    ...readAs(columns),
    ...(columns.all.some(({ name }) => name.includes("@")) ? ["The file needs a heading above the first user."] : []),
    ...(columns.all.some(isWhole) ? ["Divide whole names into a column firstname and a column lastname."] : []),
    `Say what columns are called, for example --columns "${namesFor(columns)}".`,
    ...(columns.has("country") ? [] : ["--country gives the country of everybody without one."]),
    ...(isForNew ? ["If the people have accounts already, say with --action what to do."] : []),
    "Nothing was submitted.",
  ].join("\n");
}

const isWhole = ({ name, field }: Column) => field === undefined && isWholeName(name);

function namesFor({ all }: Columns): string {
  const meant = all.flatMap(({ name, meant: field }) => (field === undefined ? [] : [`${field}=${plain(name)}`]));
  return meant.length === 0 ? "email=Mail,country=Land" : meant.join(",");
}

function readAs({ all }: Columns): string[] {
  const shown = all.slice(0, mostShown).map(({ name, field, meant }) => ({
    name: name === "" ? "(nothing)" : plain(name),
    meaning: field ?? `ignored${didYouMean(meant)}`,
  }));
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, meaning }) => `  ${name.padEnd(width)}  ${meaning}`);
  return all.length > mostShown ? [...lines, `  … and ${all.length - mostShown} more`] : lines;
}

/** Says that a file tells of people who leave, and asks for an action. */
export function leavingText(name: string, tally: LeavingTally): string {
  return [
    `${name} may not be a list of joiners, because these columns tell who leaves:`,
    ...tallyLines(tally),
    "Say what to do with all of its lines: --action create, update, remove,",
    "add-groups or remove-groups; or with each, in a column called action.",
    "Nothing was submitted.",
  ].join("\n");
}

/** What is shown before a whole file of people is removed. */
export function leaversText(name: string, tally: LeavingTally): string[] {
  const { withoutSign } = tally;
  const lines = tallyLines(tally);
  if (lines.length === 0) return [];
  const without = `  ${counted(withoutSign, "line")} without any of that`;
  return [[`${name} tells who leaves:`, ...lines, ...(withoutSign > 0 ? [without] : [])].join("\n")];
}

function tallyLines(tally: LeavingTally): string[] {
  const width = Math.max(0, ...tally.signs.map(({ heading }) => heading.length));
  return tally.signs.map(({ heading, lines, values }) => {
    const shown = values.map(([value, count]) => `${plain(value)}${count > 1 ? ` (${count})` : ""}`);
    return `  ${plain(heading).padEnd(width)}  ${lines} of ${counted(tally.lines, "line")}: ${shown.join(", ")}`;
  });
}

/** Names the ignored columns; nothing if there are none. */
export function ignoredText(name: string, { all }: Columns): string[] {
  const ignored = all.flatMap(({ name: heading, field, meant }, place) => {
    if (field !== undefined || isOurs(heading)) return [];
    return [heading === "" ? `column ${place + 1}, which has no heading` : quoted(heading) + didYouMean(meant)];
  });
  if (ignored.length === 0) return [];
  const words = ignored.map((each, index) => (index < ignored.length - 1 ? `${each},` : `${each}.`));
  return [
    wrapped([`${name}: ${ignored.length === 1 ? "a column is" : `${ignored.length} columns are`} ignored:`, ...words]),
  ];
}

/** A text as `quoted` shows it, without its quotation marks. */
function plain(text: string): string {
  return quoted(text).slice(1, -1);
}
