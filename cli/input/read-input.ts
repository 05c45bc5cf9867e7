import { CommandError } from "../errors.ts";
import { nameOf, readTextOrInput } from "../files.ts";
import type { Surroundings } from "../surroundings.ts";
import { readCsv } from "./csv/read-csv.ts";
import type { CsvChoices, Input } from "./input.ts";
import { readJson } from "./json.ts";

/**
 * Reads commands from a file: JSON, JSON lines or CSV, told apart by how it begins.
 *
 * @param file `-` for standard input
 * @throws CommandError if it cannot be read, or has none of these forms
 */
export async function readInput(file: string, csv: CsvChoices, input: Pick<Surroundings, "stdin">): Promise<Input> {
  const content = await readTextOrInput(file, input);
  const name = nameOf(file);
  if (content.trim() === "") throw new CommandError(`${name} is empty.`);
  if (!/^\s*[[{]/.test(content)) return readCsv(content, name, csv);
  const unheard = unheardByJson(csv);
  if (unheard !== undefined)
    throw new CommandError(`${unheard} is for CSV, and ${name} is JSON, whose commands say it themselves.`);
  return readJson(content);
}

function unheardByJson({ action, country, columns }: CsvChoices): string | undefined {
  if (action !== undefined) return "--action";
  if (country !== undefined) return "--country";
  return columns === undefined ? undefined : "--columns";
}
