import { type Problem, problem } from "../api/problem.ts";
import { maxBodyBytes, maxOperationBytes } from "../operation/limits.ts";
import type { Fault } from "../umapi/fault.ts";
import { FaultList } from "./fault-list.ts";
import type { Candidate } from "./handed-in.ts";

/** The size of an operation: as compact JSON in UTF-8. */
export const bytesOf = (operation: unknown) => Buffer.byteLength(JSON.stringify(operation) ?? "");

/** The fault of an operation with this many bytes, if it is too large. @param pointer the pointer to the operation */
export function sizeFaults(bytes: number, pointer: string): Fault[] {
  if (bytes <= maxOperationBytes) return [];
  return [{ pointer, detail: `an operation of ${bytes} bytes; expected at most ${maxOperationBytes}` }];
}

/** The problem if operations are too large, each by itself or all together; undefined if they are not. */
export function tooLarge(operations: readonly Candidate[]): Problem | undefined {
  const faults = new FaultList();
  let bytesInAll = 0;
  for (const { value, pointer } of operations) {
    const bytes = bytesOf(value);
    bytesInAll += bytes;
    faults.add(sizeFaults(bytes, pointer));
  }
  if (faults.count > 0)
    return problem(
      "too-large",
      "An operation is too large. Divide its steps among several operations.",
      faults.members,
    );
  if (bytesInAll <= maxBodyBytes) return undefined;
  const detail = `The operations have ${bytesInAll} bytes together; a request may have ${maxBodyBytes}. Send them in several requests.`;
  return problem("too-large", detail);
}
