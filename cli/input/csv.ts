import { CsvError, parse } from "csv-parse/sync";
import * as z from "zod/mini";
import { checkEntry } from "./check-entry.ts";
import { type Columns, columnAt, readHeader, type Values } from "./csv-columns.ts";
import { commandOf, stepNames } from "./csv-command.ts";
import { type CsvChoices, type Entry, type IdentityType, type Input, type InputFault, identityTypes } from "./input.ts";

const recordsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Reads a line for each user, under a heading of known columns. */
export function readCsv(content: string, choices: CsvChoices): Input {
  // The parser would take the first line's end for every line's, and count one within quotation marks twice.
  const records = parseRecords(content.replaceAll(/\r\n?/g, "\n"));
  if (!Array.isArray(records)) return { entries: [], faults: [records] };
  const [heading, ...lines] = records;
  if (heading === undefined) return { entries: [], faults: [] };
  const header = readHeader(heading.cells);
  if (!header.ok) return { entries: [], faults: [{ at: `line ${heading.line}`, detail: header.fault }] };
  const entries: Entry[] = [];
  const faults: InputFault[] = [];
  for (const line of lines) {
    const read = readLine(line, header.columns, choices);
    if ("command" in read) entries.push(read);
    else faults.push(...read.faults);
  }
  return { entries, faults };
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRecords(content: string): Line[] | InputFault {
  try {
    const records = parse(content, parsing);
    return recordsSchema.parse(records).map(({ record, info }) => ({
      // The parser tells where a record ends.
      line: info.lines - lineEndsIn(record.join("")),
      cells: record.map((cell) => cell.trim()),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      at: `line ${lineAfter(content, Number(error["bytes"]))}`,
      detail: "a quotation mark that is not closed, or stands in the middle",
    };
  }
}

const parsing = {
  info: true,
  record_delimiter: "\n",
  relax_column_count: true,
  skip_empty_lines: true,
  // What a spreadsheet writes for rows that were emptied.
  skip_records_with_empty_values: true,
  trim: true,
} as const;

/** Where the value stands that begins after so many bytes of separators and of what was understood. */
function lineAfter(content: string, bytes: number): number {
  const understood = Buffer.from(content).subarray(0, bytes).toString();
  const between = /^[,\s]*/.exec(content.slice(understood.length))?.[0] ?? "";
  return lineEndsIn(understood + between) + 1;
}

function lineEndsIn(text: string): number {
  return text.split("\n").length - 1;
}

function readLine(
  { line, cells }: Line,
  columns: Columns,
  choices: CsvChoices,
): Entry | { readonly faults: InputFault[] } {
  const at = `line ${line}`;
  if (cells.length !== columns.names.length)
    return {
      faults: [{ at, detail: `${cells.length} values; expected ${columns.names.length}, one for each column` }],
    };
  const values = columns.read(cells);
  const type = typeOf(values.type, choices.type);
  if (type === undefined)
    return {
      faults: [{ at: `${at}, column type`, detail: `no kind of account; expected ${identityTypes.join(", ")}` }],
    };
  const checked = checkEntry(commandOf(values, type, choices.ifExists));
  if (checked.ok) return { at, command: checked.command };
  const own = checked.faults.filter(({ pointer }) => !isOfTheEmail(pointer, values));
  return {
    faults: own.map(({ pointer, detail }) => {
      const column = columnAt(pointer, stepNames[type], columns);
      return { at: column === undefined ? at : `${at}, column ${column}`, detail };
    }),
  };
}

/** Who has no username is called by the email, and one without a domain is in the email's: its fault is told already. */
function isOfTheEmail(pointer: string, { username, domain }: Values): boolean {
  if (pointer === "/domain") return username === "" || domain === "";
  return username === "" && /^\/user$|^\/do\/0\/\w+$/.test(pointer);
}

function typeOf(cell: string, otherwise: IdentityType): IdentityType | undefined {
  return cell === "" ? otherwise : identityTypes.find((type) => type.toLowerCase() === cell.toLowerCase());
}
