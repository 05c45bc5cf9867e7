import { printLine } from "../output/print.ts";
import { counted } from "../output/text.ts";
import type { Surroundings } from "../surroundings.ts";
import { loadSources } from "./load-sources.ts";
import { sourceText } from "./source-text.ts";

/** `umapi webhooks check`. */
export async function check(file: string, { stdout }: Surroundings): Promise<void> {
  const sources = await loadSources(file);
  await printLine(
    stdout,
    [`${file} is right: ${counted(sources.size, "source")}.`, ...[...sources.values()].map(sourceText)].join("\n"),
  );
}
