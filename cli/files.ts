import { isUtf8 } from "node:buffer";
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

/** The name of a file in messages. */
export function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

/** Text in another encoding would lose characters of people's names. A byte order mark is left out. */
function decoded(bytes: Uint8Array, file: string): string {
  const encoding = encodingOf(bytes);
  // NUL does not occur in text. In UTF-16 without a byte order mark every other byte is NUL.
  if (encoding === "utf-8" && bytes.includes(0))
    throw new CommandError(`${nameOf(file)} cannot be read: it is not text in UTF-8. Save it as that.`);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CommandError(encoding === "utf-8" ? notUtf8(bytes, file) : notUtf16(file), { cause });
  }
}

/** Tells the encoding by the byte order mark: what Windows calls Unicode is UTF-16. Text without one must be UTF-8. */
function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** The older encoding cannot be told for certain, but the remedy is the same for each. */
function notUtf8(bytes: Uint8Array, file: string): string {
  return [
    `${nameOf(file)} cannot be read: line ${lineOfFlaw(bytes)} is not text in UTF-8.`,
    "It may be in an encoding of older Windows, such as Windows-1252. Save it as UTF-8:",
    '  in Excel as "CSV UTF-8"; in PowerShell by Export-Csv -Encoding utf8; elsewhere by',
    "  iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv",
  ].join("\n");
}

function notUtf16(file: string): string {
  return `${nameOf(file)} cannot be read: it begins as text in UTF-16, but the rest is not. Save it as UTF-8.`;
}

/** The first line that is not UTF-8. */
function lineOfFlaw(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  return lines.findIndex((line) => !isUtf8(Buffer.from(line, "latin1"))) + 1;
}

/** @throws CommandError */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: "there is no such file",
      EACCES: "you may not read it",
      EISDIR: "it is a folder",
    };
    throw new CommandError(`${file} cannot be read: ${reasons[code] ?? code}.`, { cause });
  }
}
