import type { Output } from "../surroundings.ts";
import { type Cell, foldedRow, widthOf } from "./fold.ts";
import type { Look, Style } from "./look.ts";
import { printLine } from "./print.ts";

export interface Column {
  readonly heading: string;
  readonly style?: (text: string) => Style | undefined;
}

/** How many rows determine the widths of the columns. */
const sampleRows = 200;

/**
 * Writes rows as they come, in columns under a heading. Columns that do not fit go to further lines of their row, as a
 * whole.
 *
 * @param none the text if there are no rows
 */
export async function printTable(
  output: Output,
  look: Look,
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
  none: string,
): Promise<void> {
  const sample: (readonly Cell[])[] = [];
  let widths: readonly number[] | undefined;
  const print = async (row: readonly Cell[], style: (text: string, column: number) => Style | undefined) => {
    for (const line of foldedRow(row, widths ?? [], look.columns)) {
      const pieces = line.map(
        ({ before, text, column }) => " ".repeat(before) + look.styled(style(text, column), text),
      );
      await printLine(output, pieces.join("").trimEnd());
    }
  };
  const printRow = (row: readonly Cell[]) => print(row, (text, column) => columns[column]?.style?.(text));
  const printSample = async () => {
    const heading = columns.map((column) => column.heading);
    widths = columns.map((_, column) => Math.max(...[heading, ...sample].map((row) => widthOf(row[column] ?? ""))));
    await print(heading, () => "dim");
    for (const row of sample) await printRow(row);
  };
  for await (const row of rows) {
    if (widths !== undefined) await printRow(row);
    else if (sample.push(row) === sampleRows) await printSample();
  }
  if (sample.length === 0) await printLine(output, none);
  else if (widths === undefined) await printSample();
}
