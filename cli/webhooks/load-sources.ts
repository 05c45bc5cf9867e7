import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseJsonText } from "../../shared/submit/json-text.ts";
import { readConfiguration } from "../../shared/webhooks/read-configuration.ts";
import { readySources } from "../../shared/webhooks/ready-sources.ts";
import type { Source, Sources } from "../../shared/webhooks/source.ts";
import { withFiles } from "../../shared/webhooks/with-files.ts";
import { CommandError } from "../errors.ts";
import { readText } from "../files.ts";

/**
 * Reads a configuration of webhook sources.
 *
 * @param file the ready sources, which the local stack has too, if it is undefined
 * @throws CommandError with each fault: its field, what stands there, and what was expected
 */
export async function loadSources(file: string | undefined): Promise<Sources> {
  const json = file === undefined ? readySources : withFiles(await readJsonFile(file), beside(file));
  const read = readConfiguration(json);
  if (read.ok) return read.sources;
  const faults = read.faults.map(({ pointer, detail }) => `  ${pointer === "" ? "/" : pointer}: ${detail}`);
  const things = faults.length === 1 ? "One thing is" : `${faults.length} things are`;
  throw new CommandError([`${things} wrong in ${file}.`, ...faults].join("\n"));
}

/** @throws CommandError that names the sources that there are */
export async function loadSource(name: string, file: string | undefined): Promise<Source> {
  const sources = await loadSources(file);
  const source = sources.get(name);
  if (source !== undefined) return source;
  const where = file === undefined ? "The ready sources are" : `The sources of ${file} are`;
  const advice = file === undefined ? " Name a file of your own with --webhooks." : "";
  throw new CommandError(`There is no source ${name}. ${where} ${[...sources.keys()].join(", ")}.${advice}`);
}

/** @throws CommandError if the file cannot be read as JSON */
export async function readJsonFile(file: string): Promise<unknown> {
  return jsonOf(await readText(file), file);
}

/**
 * @param name where the text is from, for the message
 * @throws CommandError if it is not JSON, with the line and the column where it breaks
 */
export function jsonOf(text: string, name: string): unknown {
  const parsed = parseJsonText(text);
  if (parsed.ok) return parsed.value;
  throw new CommandError(`${name} is not JSON: it breaks at line ${parsed.line}, column ${parsed.column}.`);
}

function beside(file: string): (path: string) => string {
  return (path) => {
    try {
      return readFileSync(resolve(dirname(file), path), "utf8");
    } catch (cause) {
      throw new CommandError(
        `${file} names ${path} as a mapping, and that cannot be read. Paths start at ${resolve(dirname(file))}.`,
        {
          cause,
        },
      );
    }
  };
}
