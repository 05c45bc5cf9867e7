import type { Command } from "../../../shared/umapi/command.ts";
import { reasonColumns } from "./fields.ts";
import { writtenFields, writtenLine } from "./written-line.ts";

/** An operation as a line of a file tells it. */
export interface Written {
  readonly id: string;
  readonly command: Command;
  /** Why it failed; undefined if it has not. */
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string } | undefined;
}

/**
 * A CSV file that `umapi submit` takes: what each operation was, and beside it why it failed.
 *
 * @returns the file's text, and the ids of those that no line can say
 */
export function writtenFile(operations: readonly Written[]): { readonly text: string; readonly unwritten: string[] } {
  const lines = [[...writtenFields, ...reasonColumns].join(",")];
  const unwritten: string[] = [];
  for (const { id, command, error } of operations) {
    const cells = writtenLine(command);
    if (cells === undefined) unwritten.push(id);
    else lines.push([...cells, ...[error?.code, error?.message, error?.hint, id].map(reason)].map(cell).join(","));
  }
  const text = lines.map((line) => `${line}\r\n`).join("");
  // Spreadsheets take what has no such mark for an older encoding, and spoil every letter beyond ASCII.
  return { text: /^[\0-\x7f]*$/.test(text) ? text : `\uFEFF${text}`, unwritten };
}

/** In one line, and not as a formula, which spreadsheets would work out. */
function reason(text = ""): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

/** By RFC 4180. */
function cell(text: string): string {
  return /[",;\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
