import { maxBodyBytes, maxOperations } from "../shared/operation/limits.ts";

/** What goes to the API at once. */
export interface Call<Operation extends object> {
  /** Under which a repeat means the same operations: for 14 days. */
  readonly key: string;
  readonly operations: readonly Operation[];
}

/**
 * Divides operations into calls no larger than the API takes.
 *
 * Keys are told from the name, from what is in a call and from where it stands, so that the same operations under the same
 * name mean the same operations, and under another name others.
 */
export async function callsOf<Operation extends object>(
  operations: readonly Operation[],
  name: string,
  testOnly: boolean,
): Promise<Call<Operation>[]> {
  return await Promise.all(
    chunks(operations).map(async (chunk, index) => ({
      key: await sha256(JSON.stringify([name, index, testOnly, chunk])),
      operations: chunk,
    })),
  );
}

function chunks<Operation extends object>(operations: readonly Operation[]): Operation[][] {
  const found: Operation[][] = [];
  let last: Operation[] = [];
  // The list's own brackets.
  let bytes = 2;
  for (const operation of operations) {
    const more = bytesOf(JSON.stringify(operation)).length + 1;
    if (last.length === 0 || last.length === maxOperations || bytes + more > maxBodyBytes) {
      last = [];
      bytes = 2;
      found.push(last);
    }
    last.push(operation);
    bytes += more;
  }
  return found;
}

/** In lower-case hexadecimal. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytesOf(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
