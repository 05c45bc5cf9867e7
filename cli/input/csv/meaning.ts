import type { Action, CsvChoices, IdentityType, IfExists } from "../input.ts";
import { actionCell, type Choice, ifExistsCell, typeCell } from "./choice-cells.ts";
import type { Columns } from "./columns.ts";
import type { Field, Values } from "./fields.ts";
import type { LineFault } from "./line-rules.ts";

/** How the lines of a file are read. */
export interface Reading {
  readonly columns: Columns;
  readonly choices: CsvChoices;
  /** The action for lines without one; undefined if each line must have one. */
  readonly action: Action | undefined;
}

/** How one line is meant. */
export interface Meaning {
  readonly action: Action;
  readonly type: IdentityType;
  readonly ifExists: IfExists;
  /** The country for a line without one; empty if there is none. */
  readonly country: string;
  /** Whether the file has a column of groups to remove; if not, they stand under groups. */
  readonly hasRemoveGroups: boolean;
}

export function meaningOf(values: Values, { columns, choices, action }: Reading): Meaning | readonly LineFault[] {
  const faults: LineFault[] = [];
  const word = <Word extends string>(field: Field, choice: Choice<Word>, otherwise: Word | undefined) => {
    const cell = values(field);
    const read = cell === "" ? otherwise : choice.read(cell);
    if (read === undefined) faults.push({ field, detail: choice.fault(cell) });
    return read;
  };
  const meant = {
    action: word("action", actionCell, action),
    type: word("type", typeCell, choices.type),
    ifExists: word("if_exists", ifExistsCell, choices.ifExists),
  };
  if (meant.action === undefined || meant.type === undefined || meant.ifExists === undefined) return faults;
  return {
    action: meant.action,
    type: meant.type,
    ifExists: meant.ifExists,
    country: choices.country ?? "",
    hasRemoveGroups: columns.has("remove_groups"),
  };
}
