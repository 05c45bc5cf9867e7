import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as z from "zod/mini";
import { withFiles } from "../shared/webhooks/with-files.ts";

const schema = z.object({ sources: z.record(z.string(), z.looseObject({})) });

/**
 * The sources of a configuration file, with the mappings that stand in files of their own. Whether they can be used is not
 * asked.
 *
 * @throws in one sentence, if a file cannot be read
 */
export function sourcesIn(file: string): Readonly<Record<string, object>> {
  const parsed = schema.safeParse(withFiles(jsonIn(file), (path) => textOf(resolve(dirname(file), path))));
  if (parsed.success) return parsed.data.sources;
  throw new Error(`${file} has no sources: expected {"sources": {"<name>": …}}.`);
}

function jsonIn(file: string): unknown {
  const text = textOf(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON: expected the configuration of webhook sources.`, { cause });
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    throw new Error(`${file} cannot be read: ${code}.`, { cause });
  }
}
