import wrapAnsi from "wrap-ansi";
import type { Look } from "./look.ts";
import { plainText } from "./text.ts";

/** A name, and the text under it. */
export type Detail = readonly [name: string, value: string];

const labelWidth = 10;
const indent = "  ";
/** Fewer would give a column of single words. */
const fewestColumns = 20;

/** Lines with a name and a value each; a value that does not fit continues below itself. */
export function detailLines(details: readonly Detail[], look: Look): string[] {
  const hanging = " ".repeat(indent.length + labelWidth);
  return details.flatMap(([name, value]) => {
    const label =
      indent + (name === "" ? "" : look.styled("dim", name)) + " ".repeat(Math.max(1, labelWidth - name.length));
    const [first = "", ...rest] = wrapped(plainText(value), look, hanging.length);
    return [label + first, ...rest.map((line) => hanging + line)];
  });
}

/**
 * Splits a text between words into lines that fit; a word that is longer than a line sticks out.
 *
 * @param used how many columns of each line something else takes. @default 0
 */
export function wrapped(text: string, { columns }: Look, used = 0): string[] {
  return columns === undefined ? [text] : wrapAnsi(text, Math.max(fewestColumns, columns - used)).split("\n");
}
