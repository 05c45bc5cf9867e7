import { CsvError, parse } from "csv-parse/sync";
import * as z from "zod/mini";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import { type Columns, columnAt, readHeader } from "./csv-columns.ts";
import { commandOf, stepNames } from "./csv-command.ts";
import { type CsvChoices, type Entry, type IdentityType, type Input, type InputFault, identityTypes } from "./input.ts";

const recordsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Reads a line for each user, under a heading of known columns. */
export function readCsv(content: string, choices: CsvChoices): Input {
  const records = parseRecords(content);
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
    const records = parse(content, { info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
    return recordsSchema.parse(records).map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      at: `line ${String(error["lines"])}`,
      detail: "a quotation mark that is not closed, or stands in the middle",
    };
  }
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
  const checked = checkCommand(commandOf(values, type, choices.ifExists));
  if (checked.ok) return { at, command: checked.command };
  return {
    faults: checked.faults.map(({ pointer, detail }) => {
      const column = columnAt(pointer, stepNames[type], columns);
      return { at: column === undefined ? at : `${at}, column ${column}`, detail };
    }),
  };
}

function typeOf(cell: string, otherwise: IdentityType): IdentityType | undefined {
  return cell === "" ? otherwise : identityTypes.find((type) => type.toLowerCase() === cell.toLowerCase());
}
