import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { CommandError } from "../errors.ts";
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
export async function readInput(file: string, csv: CsvChoices, { stdin }: Pick<Surroundings, "stdin">): Promise<Input> {
  const content = file === "-" ? decoded(await buffer(stdin), file) : await readText(file);
  if (content.trim() === "") throw new CommandError(`${nameOf(file)} is empty.`);
  return /^\s*[[{]/.test(content) ? readJson(content) : readCsv(content, csv);
}

/** As it is called in messages. */
export function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

/** @throws CommandError */
export async function readText(file: string): Promise<string> {
  return decoded(await readBytes(file), file);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Text in another encoding would become people's names with characters lost. A byte order mark is left out. */
function decoded(bytes: Uint8Array, file: string): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new CommandError(
      `${nameOf(file)} cannot be read: it is not in UTF-8. Save it as such (in Excel: CSV UTF-8).`,
      {
        cause,
      },
    );
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: "there is no such file",
      EACCES: "it may not be read",
      EISDIR: "it is a folder",
    };
    throw new CommandError(`${file} cannot be read: ${reasons[code] ?? code}.`, { cause });
  }
}
