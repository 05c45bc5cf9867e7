import { createHash } from "node:crypto";
import { isUser, type Touches } from "../planning/conflicts.ts";

/** Names as the room stores them: hashed, because they are personal data, so that all have one length. */
export interface NameKeys {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
}

/**
 * An operation that touches more names than this stands under buckets of names, because 5,000 names would need 10,000
 * entries.
 */
const crowdedAbove = 100;
const buckets = 64;

export function isCrowded({ writes, reads }: Touches): boolean {
  return writes.size + reads.size > crowdedAbove;
}

/** The names under which an operation stands in the room. */
export function keysToStandUnder(touches: Touches): NameKeys {
  return isCrowded(touches) ? keys(touches, bucketOf) : keys(touches, hashOf);
}

/**
 * The names by which a command looks for operations in the room.
 *
 * @param areCrowdsIn whether an operation in the room may stand under buckets
 */
export function keysToAskBy(touches: Touches, areCrowdsIn: boolean): NameKeys {
  const exact = keys(touches, hashOf);
  if (!areCrowdsIn) return exact;
  const crowds = keys(touches, bucketOf);
  return { writes: [...exact.writes, ...crowds.writes], reads: [...exact.reads, ...crowds.reads] };
}

/** The names of users that are written, as leavers stand under them. */
export function userKeys({ writes }: Touches): string[] {
  return [...writes].filter(isUser).map(hashOf);
}

function keys({ writes, reads }: Touches, key: (name: string) => string): NameKeys {
  const written = new Set([...writes].map(key));
  const read = new Set([...reads].map(key)).difference(written);
  return { writes: [...written], reads: [...read] };
}

function hashOf(name: string): string {
  return createHash("sha256").update(name).digest("base64url").slice(0, 22);
}

function bucketOf(name: string): string {
  const [byte = 0] = createHash("sha256").update(name).digest();
  return `bucket-${byte % buckets}`;
}
