import type { AttributeValue } from "./attribute-value.ts";
import { compareNumbers } from "./decimal.ts";

/**
 * Orders two values: below 0 where `one` comes first. Strings and binary values go by their bytes, numbers by value.
 *
 * @returns undefined where they have no order: values of two types, or of one that has none
 */
export function compareValues(one: AttributeValue, other: AttributeValue): number | undefined {
  if ("S" in one) return "S" in other ? compareUtf8(one.S, other.S) : undefined;
  if ("N" in one) return "N" in other ? compareNumbers(one.N, other.N) : undefined;
  if ("B" in one && "B" in other) return Buffer.compare(Buffer.from(one.B, "base64"), Buffer.from(other.B, "base64"));
  return undefined;
}

/** Whether two values are of one type and hold the same, all the way down. */
export function equalValues(one: AttributeValue, other: AttributeValue): boolean {
  if ("S" in one) return "S" in other && one.S === other.S;
  if ("N" in one) return "N" in other && one.N === other.N;
  if ("B" in one) return "B" in other && one.B === other.B;
  if ("BOOL" in one) return "BOOL" in other && one.BOOL === other.BOOL;
  if ("NULL" in one) return "NULL" in other;
  if ("L" in one) return "L" in other && equalLists(one.L, other.L);
  return "M" in other && equalMaps(one.M, other.M);
}

/** Whether `value` starts with `prefix`; both are strings, or both binary. */
export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ("S" in value) return "S" in prefix && value.S.startsWith(prefix.S);
  if (!("B" in value && "B" in prefix)) return false;
  const start = Buffer.from(prefix.B, "base64");
  return Buffer.from(value.B, "base64").subarray(0, start.length).equals(start);
}

/** Compares by the bytes of UTF-8, which is the order of code points; that of UTF-16 puts U+E000 and up last. */
export function compareUtf8(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    const left = one.charCodeAt(index);
    const right = other.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

function rank(codeUnit: number): number {
  const isSurrogate = codeUnit >= 0xd800 && codeUnit < 0xe000;
  return isSurrogate ? codeUnit + 0x10000 : codeUnit;
}

function equalLists(one: readonly AttributeValue[], other: readonly AttributeValue[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((element, index) => {
    const counterpart = other[index];
    return counterpart !== undefined && equalValues(element, counterpart);
  });
}

function equalMaps(
  one: Readonly<Record<string, AttributeValue>>,
  other: Readonly<Record<string, AttributeValue>>,
): boolean {
  const entries = Object.entries(one);
  if (entries.length !== Object.keys(other).length) return false;
  return entries.every(([name, value]) => {
    const counterpart = Object.hasOwn(other, name) ? other[name] : undefined;
    return counterpart !== undefined && equalValues(value, counterpart);
  });
}
