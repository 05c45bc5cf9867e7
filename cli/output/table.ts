import stringWidth from "string-width";
import type { Output } from "../surroundings.ts";
import { printLine } from "./print.ts";
import { plainText } from "./text.ts";

/** The rows by which the columns' widths are chosen; later ones may stick out. */
const sampleRows = 200;
const gap = "  ";

/** Writes rows as they come, in columns under a heading. */
export async function printTable(
  output: Output,
  heading: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Promise<void> {
  const sample: (readonly string[])[] = [heading];
  let widths: readonly number[] | undefined;
  for await (const row of rows) {
    const cells = row.map(plainText);
    if (widths !== undefined) {
      await printLine(output, inColumns(cells, widths));
      continue;
    }
    sample.push(cells);
    if (sample.length > sampleRows) widths = await printSample(output, sample);
  }
  if (widths === undefined) await printSample(output, sample);
}

async function printSample(output: Output, sample: readonly (readonly string[])[]): Promise<number[]> {
  const [heading = []] = sample;
  const widths = heading.map((_, column) => Math.max(...sample.map((row) => stringWidth(row[column] ?? ""))));
  for (const row of sample) await printLine(output, inColumns(row, widths));
  return widths;
}

function inColumns(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell))))
    .join(gap)
    .trimEnd();
}
