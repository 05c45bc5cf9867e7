import { printLine } from "../output/print.ts";
import type { Surroundings } from "../surroundings.ts";
import { loadSources } from "./load-sources.ts";
import { sourceText } from "./source-text.ts";

/** `umapi webhooks check`. */
export async function check(file: string, { stdout }: Surroundings): Promise<void> {
  const sources = await loadSources(file);
  const count = sources.size === 1 ? "1 source" : `${sources.size} sources`;
  await printLine(stdout, [`${file} is right: ${count}.`, ...[...sources.values()].map(sourceText)].join("\n"));
}
