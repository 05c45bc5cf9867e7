import type { AttributeValue, Item } from "./attribute-value.ts";
import { significantDigits } from "./decimal.ts";

/** AWS: an item holds at most 400 KB, names and values together. */
export const maxItemBytes = 400 * 1024;

/**
 * Bytes that an item counts for.
 * AWS: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: Item): number {
  let bytes = 0;
  for (const [name, value] of item) bytes += Buffer.byteLength(name) + valueSize(value);
  return bytes;
}

/** AWS gives the size of a number as about one byte for two digits and one more. */
function valueSize(value: AttributeValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return Math.ceil(significantDigits(value.N) / 2) + 1;
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("L" in value) return value.L.reduce((bytes, element) => bytes + 1 + valueSize(element), 3);
  if ("M" in value) {
    const entries = Object.entries(value.M);
    return entries.reduce((bytes, [name, element]) => bytes + 1 + Buffer.byteLength(name) + valueSize(element), 3);
  }
  return 1;
}
