import { checkEntry } from "../check-entry.ts";
import type { Entry, InputFault } from "../input.ts";
import { quotedName } from "../quoted.ts";
import type { Columns } from "./columns.ts";
import { commandOf, type LineCommand } from "./command.ts";
import type { Field, Values } from "./fields.ts";
import { type LineFault, mistakenCells, nothingToDo } from "./line-rules.ts";
import { type Meaning, meaningOf, type Reading } from "./meaning.ts";
import { fieldAt, isToldAlready } from "./places.ts";

/** Turns a line into a command, and checks that. @param at for example `line 7` */
export function readLine(at: string, values: Values, reading: Reading): Entry | readonly InputFault[] {
  const read = commandIn(values, reading);
  if ("command" in read) return { at, ...read };
  return read.map(({ field, detail }) => ({ at: placeOf(at, field, reading.columns), detail }));
}

type Read = Omit<Entry, "at"> | readonly LineFault[];

function commandIn(values: Values, reading: Reading): Read {
  const meaning = meaningOf(values, reading);
  if (!("action" in meaning)) return meaning;
  const mistaken = mistakenCells(values, meaning);
  if (mistaken.length > 0) return mistaken;
  const command = commandOf(values, meaning);
  if (command.do.length === 0) return [nothingToDo(meaning, reading.columns)];
  return checked(command, values, meaning);
}

function checked(command: LineCommand, values: Values, meaning: Meaning): Read {
  const notBefore = values("not_before");
  const { ok: _, ...entry } = checkEntry(notBefore === "" ? command : { ...command, notBefore });
  if ("command" in entry) return entry;
  return entry.faults
    .filter(({ pointer }) => !isToldAlready(pointer, values, meaning))
    .map(({ pointer, value, detail }) => ({
      field: fieldAt(pointer, value, values, meaning),
      detail: detail.replace(/^an empty string/, "nothing"),
    }));
}

function placeOf(line: string, field: Field | undefined, columns: Columns): string {
  return field === undefined ? line : `${line}, column ${quotedName(columns.nameOf(field))}`;
}
