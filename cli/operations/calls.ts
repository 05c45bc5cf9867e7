import { createHash } from "node:crypto";
import { maxBodyBytes, maxOperations } from "../../shared/operation/limits.ts";
import { type Entry, handedOn } from "../input/input.ts";

/** What goes to the API at once. */
export interface Call {
  /** Under which a repeat means the same operations: for 14 days. */
  readonly key: string;
  readonly entries: readonly Entry[];
}

/**
 * Divides what a file asks for into calls no larger than the API takes.
 *
 * Keys are told from what is in a call and where it stands, so that the same file means the same operations.
 *
 * @param salt makes other keys of the same file. @default none
 */
export function callsOf(entries: readonly Entry[], testOnly: boolean, salt = ""): Call[] {
  return chunks(entries).map((chunk, index) => {
    const content = JSON.stringify([salt, index, testOnly, chunk.map(handedOn)]);
    return { key: createHash("sha256").update(content).digest("hex"), entries: chunk };
  });
}

function chunks(entries: readonly Entry[]): Entry[][] {
  const found: Entry[][] = [];
  let last: Entry[] = [];
  // The list's own brackets.
  let bytes = 2;
  for (const entry of entries) {
    const more = Buffer.byteLength(JSON.stringify(handedOn(entry))) + 1;
    if (last.length === 0 || last.length === maxOperations || bytes + more > maxBodyBytes) {
      last = [];
      bytes = 2;
      found.push(last);
    }
    last.push(entry);
    bytes += more;
  }
  return found;
}
