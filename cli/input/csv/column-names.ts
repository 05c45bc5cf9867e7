import { InvalidArgumentError } from "@commander-js/extra-typings";
import { likest } from "../did-you-mean.ts";
import type { ColumnNames } from "../input.ts";
import { quoted } from "../quoted.ts";
import { type Field, fields, meaningOf } from "./fields.ts";

/**
 * Reads `email=Mail,firstname=Vorname`: fields, each with the heading of its column.
 *
 * @param before what earlier uses of the option gave
 * @throws InvalidArgumentError if the text has another form
 */
export function columnNames(text: string, before: ColumnNames = new Map()): ColumnNames {
  const names = new Map(before);
  for (const pair of pairsIn(text)) {
    const [, word = "", heading = ""] = /^([^=]*)=(.*)$/.exec(pair) ?? [];
    const field = meaningOf(word)?.field;
    if (field === undefined || heading.trim() === "") throw new InvalidArgumentError(notPair(pair, word, field));
    names.set(field, [...(names.get(field) ?? []), heading.trim()]);
  }
  return names;
}

/** A heading may contain a comma. A comma divides only before a field and its `=`. */
function pairsIn(text: string): string[] {
  return text.split(/,(?=[^,=]*=)/).map((pair) => pair.trim());
}

function notPair(pair: string, word: string, field: Field | undefined): string {
  if (!pair.includes("=") || field !== undefined)
    return `Expected fields with the headings of their columns, such as email=Mail,firstname=Vorname.`;
  const meant = likest(word, fields);
  return `${quoted(word)} is not a field${meant === undefined ? "" : `; did you mean ${meant}?`} Expected ${fields.join(", ")}.`;
}
