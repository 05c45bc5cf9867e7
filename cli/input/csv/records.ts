import { CsvError, parse } from "csv-parse/sync";
import type { InputFault } from "../input.ts";

/** The separators that may stand between values, and their names. */
const separators = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars" } as const;

/** Values without the space around them, and the line (from 1) on which they begin. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The lines of a CSV file that are not blank. */
export interface Records {
  /** The name of the separator. */
  readonly separatedBy: string;
  /** The first line; undefined if there is none. */
  readonly heading: CsvRecord | undefined;
  /** Calls `each` for every other line in turn. @returns a fault if lines cannot be told apart */
  read(each: (record: CsvRecord) => void): InputFault | undefined;
}

/**
 * Finds the separator of a file: the one that makes the most headings known, or the one that a first line `sep=;`
 * names, as in Excel. A line above that begins with `#TYPE`, which PowerShell writes, is skipped.
 *
 * @param isKnown whether a text is a known heading
 */
export function recordsOf(content: string, isKnown: (heading: string) => boolean): Records {
  // The parser would expect the line end of the first line everywhere, and count a CRLF within quotation marks twice.
  const { text, said } = withoutPreamble(content.replaceAll(/\r\n?/g, "\n"));
  const read = (said === undefined ? Object.keys(separators) : [said]).map((separator) => {
    const heading = firstOf(text, separator);
    const known = heading?.cells.filter(isKnown).length ?? 0;
    return { separator, heading, known, count: heading?.cells.length ?? 0 };
  });
  const [{ separator, heading } = { separator: ",", heading: undefined }] = read.toSorted(
    (a, b) => b.known - a.known || b.count - a.count,
  );
  return {
    separatedBy: Object.entries(separators).find(([each]) => each === separator)?.[1] ?? JSON.stringify(separator),
    heading,
    read: (each) => parsed(text, separator, (record, index) => index > 0 && each(record)),
  };
}

/** The skipped lines stay as empty lines, so that those after them keep their numbers. */
function withoutPreamble(text: string): { readonly text: string; readonly said?: string } {
  const [preamble = "", , sep] =
    /^(?:\s*\n)?(?:"?#TYPE[^\n]*(?:\n|$)\s*?)?(?:"?sep=([^\n])"?[,;\t ]*(?:\n|$))?/i.exec(text) ?? [];
  return {
    text: "\n".repeat(preamble.split("\n").length - 1) + text.slice(preamble.length),
    ...(sep && { said: sep }),
  };
}

function firstOf(text: string, separator: string): CsvRecord | undefined {
  const first: CsvRecord[] = [];
  parsed(text, separator, (record) => first.push(record), 1);
  return first[0];
}

/** @param most how many records are read at most */
function parsed(
  text: string,
  separator: string,
  each: (record: CsvRecord, index: number) => void,
  most = -1,
): InputFault | undefined {
  let index = 0;
  try {
    parse(text, {
      ...parsing,
      delimiter: separator,
      to: most,
      on_record: (cells: string[], { lines }) => {
        // The parser tells where a record ends.
        each({ cells: cells.map((cell) => cell.trim()), line: lines - lineEndsIn(cells) }, index++);
        // Returning null keeps the parser from collecting records: a file may be large.
        return null;
      },
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      at: `line ${lineAfter(text, Number(error["bytes"]), separator)}`,
      detail: "a quotation mark that is not closed, or stands in the middle",
    };
  }
}

const parsing = {
  record_delimiter: "\n",
  relax_column_count: true,
  skip_empty_lines: true,
  // A spreadsheet writes such lines for rows that were emptied.
  skip_records_with_empty_values: true,
  trim: true,
} as const;

/** The line of the value that begins after this many bytes. */
function lineAfter(text: string, bytes: number, separator: string): number {
  const understood = Buffer.from(text).subarray(0, bytes).toString();
  let at = understood.length;
  while (at < text.length && (text[at] === separator || /\s/.test(text[at] ?? ""))) at++;
  return lineEndsIn([text.slice(0, at)]) + 1;
}

function lineEndsIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
}
