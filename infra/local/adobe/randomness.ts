import { randomInt } from "node:crypto";

/**
 * Returns a number in [0, 1). It is the sandbox's only source of randomness, so that a run can be repeated from its
 * seed.
 */
export type Random = () => number;

export const secureRandom: Random = () => randomInt(2 ** 47) / 2 ** 47;

/** `digits` random hexadecimal digits, upper case as in Adobe's ids. */
export function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16))
    .join("")
    .toUpperCase();
}

/** A copy of `items` in random order (Fisher and Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const copy: T[] = [];
  for (const item of items) {
    const place = Math.floor(random() * (copy.length + 1));
    const moved = copy[place];
    if (moved === undefined) {
      copy.push(item);
    } else {
      copy.push(moved);
      copy[place] = item;
    }
  }
  return copy;
}
