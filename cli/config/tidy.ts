import type { Field } from "../../shared/ims/credentials.ts";

/**
 * A value as it is meant, and a sentence for each thing that was removed around it. The sentences show nothing of the
 * value.
 */
export interface Tidied {
  readonly value: string;
  readonly notes: readonly string[];
}

/** Adobe's ids, which hold neither blanks nor `;` nor `#`. */
const ids: readonly (Field | undefined)[] = ["orgId", "clientId", "technicalAccountId"];
const blanks = String.raw`[\s\u200B-\u200D\u2060\uFEFF]`;
const around = new RegExp(`^${blanks}+|${blanks}+$`, "g");
/** Straight ones, and those of word processors. */
const quotes = ['"“”„', "'‘’`", "«»"];

/**
 * Takes off what people leave around a value: quotes, blanks and comments.
 *
 * A comment behind an id is removed. Behind anything else it is kept, with a note: Python's `configparser`, for which
 * the files are written, takes it for a part of the value, and a secret may contain it.
 *
 * @param field whose value it is; undefined for a file's name
 */
export function tidied(field: Field | undefined, raw: string): Tidied {
  const notes: string[] = [];
  let value = raw.replaceAll(around, "");
  // The line break at the end of a key needs no note.
  if (value !== raw && field !== "privateKey") notes.push("the whitespace around it is left out");
  const commented = afterQuotes(value);
  if (commented !== undefined) {
    value = commented;
    notes.push("what stands behind its quotes is taken for a comment and left out");
  }
  const inner = withoutQuotes(value);
  if (inner !== value) {
    value = inner;
    notes.push("the quotes around it are left out");
  }
  if (ids.includes(field)) {
    const id = value.replace(new RegExp(`${blanks}*[;#].*$|${blanks}+//.*$`, "s"), "");
    if (id !== value) notes.push("what follows it is taken for a comment and left out");
    value = id;
  } else if (field !== "privateKey" && new RegExp(`${blanks}[;#]`).test(value))
    notes.push("it holds a blank and ; or #, which are kept. If that is a comment, put it on a line of its own");
  return { value, notes };
}

function withoutQuotes(value: string): string {
  const isQuoted =
    value.length > 1 && familyOf(value.at(0)) !== undefined && familyOf(value.at(0)) === familyOf(value.at(-1));
  return isQuoted ? withoutQuotes(value.slice(1, -1).replaceAll(around, "")) : value;
}

/** @returns the quoted part, with its quotes, of a quoted value that is followed by a comment */
function afterQuotes(value: string): string | undefined {
  const family = familyOf(value.at(0));
  if (family === undefined) return undefined;
  const [, quoted] = new RegExp(`^([${family}][^${family}]*[${family}])${blanks}*[;#]`).exec(value) ?? [];
  return quoted;
}

const familyOf = (character: string | undefined) => quotes.find((family) => family.includes(character ?? " "));
