import { once } from "node:events";
import type { Output } from "../surroundings.ts";

/** Writes text, and waits for a slow reader, so that nothing piles up in memory. */
export async function printText(output: Output, text: string): Promise<void> {
  if (!output.write(text)) await once(output, "drain");
}

export async function printLine(output: Output, line: string): Promise<void> {
  await printText(output, `${line}\n`);
}

/** Writes items as they come, as one JSON array with an item on each line. */
export async function printJsonArray(output: Output, items: AsyncIterable<unknown> | Iterable<unknown>): Promise<void> {
  let before = "[\n";
  for await (const item of items) {
    if (!output.write(`${before}${JSON.stringify(item)}`)) await once(output, "drain");
    before = ",\n";
  }
  await printLine(output, before === "[\n" ? "[]" : "\n]");
}
