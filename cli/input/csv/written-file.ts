import type { Command } from "../../../shared/umapi/command.ts";
import { reasonColumns } from "./fields.ts";
import { writtenFields, writtenLine } from "./written-line.ts";

/** An operation as a line of a file shows it. */
export interface Written {
  readonly id: string;
  readonly command: Command;
  /** In ISO 8601; undefined if it goes at once. */
  readonly notBefore?: string | undefined;
  /** Why it failed; undefined if it has not. */
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string } | undefined;
}

/**
 * Writes a CSV file that `umapi submit` takes: each operation, and beside it the reason why it failed.
 *
 * @returns the file's text, and the ids of operations that a line cannot express
 */
export function writtenFile(operations: readonly Written[]): { readonly text: string; readonly unwritten: string[] } {
  const lines = [[...writtenFields, ...reasonColumns].join(",")];
  const unwritten: string[] = [];
  for (const { id, command, notBefore, error } of operations) {
    const cells = writtenLine(command, notBefore);
    if (cells === undefined) unwritten.push(id);
    else lines.push([...cells, ...[error?.code, error?.message, error?.hint, id].map(reason)].map(cell).join(","));
  }
  const text = lines.map((line) => `${line}\r\n`).join("");
  // Spreadsheets take a file without a byte order mark for an older encoding, and spoil every letter beyond ASCII.
  return { text: /^[\0-\x7f]*$/.test(text) ? text : `\uFEFF${text}`, unwritten };
}

/** A reason in one line that a spreadsheet does not take for a formula. */
function reason(text = ""): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

/** A cell, quoted as RFC 4180 says. */
function cell(text: string): string {
  return /[",;\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
