import { type Fault, pointerTo } from "../umapi/fault.ts";
import { commandKeys } from "../umapi/known-keys.ts";
import { isObject } from "../umapi/unchecked.ts";
import { replacement } from "./not-utf8.ts";

const details = {
  replacement: "U+FFFD, which stands for a character that was not UTF-8",
  surrogate: "half of a surrogate pair, which has no form in UTF-8",
};

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
