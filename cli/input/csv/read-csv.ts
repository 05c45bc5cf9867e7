import { CommandError } from "../../errors.ts";
import type { CsvChoices, Entry, Input, InputFault } from "../input.ts";
import { quoted } from "../quoted.ts";
import { readHeading } from "./columns.ts";
import { meaningOf } from "./fields.ts";
import { actionFor, missingColumns } from "./heading.ts";
import { LeavingTally } from "./leaving-tally.ts";
import { readLine } from "./line.ts";
import type { Reading } from "./meaning.ts";
import { headingText, ignoredText, leaversText, leavingText } from "./messages.ts";
import { type CsvRecord, recordsOf } from "./records.ts";

/**
 * Reads a CSV file with a heading and a line for each user.
 *
 * @param name of the file, as messages call it
 * @throws CommandError if the heading is unusable, or if the file tells who leaves and no action was given
 */
export function readCsv(content: string, name: string, choices: CsvChoices): Input {
  const named = new Set([...(choices.columns?.values() ?? [])].flat());
  const records = recordsOf(content, (heading) => named.has(heading) || meaningOf(heading) !== undefined);
  const { heading } = records;
  if (heading === undefined) return withFlaw(records.read(() => undefined));
  const reading = readingOf(heading, records.separatedBy, name, choices);
  const tally = new LeavingTally(reading.columns);
  const entries: Entry[] = [];
  const faults: InputFault[] = [];
  const flaw = records.read((record) => {
    const read = lineOf(record, reading, tally);
    if ("command" in read) entries.push(read);
    else faults.push(...read);
  });
  if (flaw !== undefined) return withFlaw(flaw);
  if (tally.unclear > 0) throw new CommandError(leavingText(name, tally));
  const isRemoval = choices.action === "remove" || choices.action === "remove-groups";
  const warnings = [...ignoredText(name, reading.columns), ...(isRemoval ? leaversText(name, tally) : [])];
  return { form: "CSV", entries, faults, warnings };
}

/** The input from a file whose lines cannot be told apart. */
function withFlaw(flaw: InputFault | undefined): Input {
  return { form: "CSV", entries: [], faults: flaw === undefined ? [] : [flaw], warnings: [] };
}

function readingOf({ cells, line }: CsvRecord, separatedBy: string, name: string, choices: CsvChoices): Reading {
  const columns = readHeading(cells, choices.columns);
  const action = actionFor(columns, choices);
  const fault = columns.fault ?? missingColumns(columns, choices, action);
  if (fault === undefined) return { columns, choices, action };
  const isForNew = choices.action === undefined && action === "create";
  throw new CommandError(headingText(`${name}, line ${line}`, { detail: fault, columns, separatedBy, isForNew }));
}

function lineOf({ cells, line }: CsvRecord, reading: Reading, tally: LeavingTally): Entry | readonly InputFault[] {
  const at = `line ${line}`;
  const { columns, choices } = reading;
  const values = columns.read(cells);
  tally.count(cells, choices.action !== undefined || values("action") !== "");
  const surplus = cells.slice(columns.all.length).find((cell) => cell !== "");
  if (surplus === undefined) return readLine(at, values, reading);
  const expected = `${columns.all.length}, one for each column; put what has a separator in it in quotation marks`;
  return [{ at, detail: `${cells.length} values, the last ${quoted(surplus)}; expected ${expected}` }];
}
