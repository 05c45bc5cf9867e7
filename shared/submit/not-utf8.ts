import { type Problem, type ProblemMembers, problem } from "../api/problem.ts";
import { type Fault, pointerTo } from "../umapi/fault.ts";
import { commandKeys } from "../umapi/known-keys.ts";
import { isObject } from "../umapi/unchecked.ts";

/** The character that replaces bytes that were not UTF-8 in decoded text. */
const replacement = "\ufffd";

const details = {
  replacement: "U+FFFD, which stands for a character that was not UTF-8",
  surrogate: "half of a surrogate pair, which has no form in UTF-8",
};

/** How to mend it. Windows PowerShell 5 sends text as ISO 8859-1 by default. */
export const sendUtf8 =
  'send UTF-8, from Windows PowerShell with -ContentType "application/json; charset=utf-8" and ' +
  "-Body ([Text.Encoding]::UTF8.GetBytes($json))";

/** @param members the places where the body is not UTF-8, as far as they are known */
export function notUtf8(text: string, members?: ProblemMembers): Problem {
  const found = isUtf16(text) ? "is UTF-16" : "has characters that are not UTF-8";
  return problem("malformed", `The body ${found}: ${sendUtf8}.`, members);
}

/** Whether the text shows that it was decoded from bytes that were not UTF-8. */
export function wasNotUtf8(text: string): boolean {
  return text.includes(replacement) || isUtf16(text);
}

/** Whether text that was read as UTF-8 is UTF-16 or UTF-32: two bytes FE and FF at its start, or NUL. */
function isUtf16(text: string): boolean {
  return text.startsWith(replacement + replacement) || text.slice(0, 4).includes("\0");
}

/**
 * Finds text in a JSON value that was not UTF-8: each string, and each object with such keys. A pointer has only known
 * keys, because others may be personal data.
 */
export function notUtf8In(value: unknown): Fault[] {
  return faultsIn(value, "", true);
}

function faultsIn(value: unknown, pointer: string, isKnown: boolean): Fault[] {
  if (typeof value === "string") return faultsOf([value], pointer);
  if (Array.isArray(value))
    return value.flatMap((entry, index) => faultsIn(entry, isKnown ? pointerTo(pointer, [index]) : pointer, isKnown));
  if (!isObject(value)) return [];
  const inKeys = faultsOf(Object.keys(value), pointer);
  const inValues = Object.entries(value).flatMap(([key, entry]) => {
    const isKnownToo = isKnown && (commandKeys.has(key) || key === "operations");
    return faultsIn(entry, isKnownToo ? pointerTo(pointer, [key]) : pointer, isKnownToo);
  });
  return [...inKeys, ...inValues];
}

function faultsOf(texts: readonly string[], pointer: string): Fault[] {
  if (texts.some((text) => text.includes(replacement))) return [{ pointer, detail: details.replacement }];
  return texts.every((text) => text.isWellFormed()) ? [] : [{ pointer, detail: details.surrogate }];
}
