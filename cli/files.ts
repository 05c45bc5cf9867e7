import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { CommandError } from "./errors.ts";
import type { Surroundings } from "./surroundings.ts";

/** @throws CommandError if the file cannot be read as text */
export async function readText(file: string): Promise<string> {
  return decoded(await readBytes(file), file);
}

/** As `readText`; `-` is standard input. */
export async function readTextOrInput(file: string, { stdin }: Pick<Surroundings, "stdin">): Promise<string> {
  return file === "-" ? decoded(await buffer(stdin), file) : await readText(file);
}

/** As it is called in messages. */
export function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Text in another encoding would become people's names with characters lost. A byte order mark is left out. */
function decoded(bytes: Uint8Array, file: string): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new CommandError(`${nameOf(file)} cannot be read: it is not text in UTF-8 (in Excel: CSV UTF-8).`, { cause });
  }
}

/** @throws CommandError */
export async function readBytes(file: string): Promise<Buffer> {
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
