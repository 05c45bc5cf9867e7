import { CommandError } from "../errors.ts";
import { nameOf, readTextOrInput } from "../files.ts";
import type { Surroundings } from "../surroundings.ts";
import { readCsv } from "./csv.ts";
import type { CsvChoices, Input } from "./input.ts";
import { readJson } from "./json.ts";

/**
 * Reads commands from a file: JSON, JSON lines or CSV, told apart by how it begins.
 *
 * @param file `-` for standard input
 * @throws CommandError if it cannot be read, or is none of the three
 */
export async function readInput(file: string, csv: CsvChoices, input: Pick<Surroundings, "stdin">): Promise<Input> {
  const content = await readTextOrInput(file, input);
  if (content.trim() === "") throw new CommandError(`${nameOf(file)} is empty.`);
  return /^\s*[[{]/.test(content) ? readJson(content) : readCsv(content, csv);
}
