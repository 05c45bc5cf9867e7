import { maxOperationBytes } from "../operation/limits.ts";
import type { Fault } from "../umapi/fault.ts";

/** What is wrong with the size of an operation. @param pointer to it */
export function sizeFaults(operation: unknown, pointer: string): Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(operation));
  if (bytes <= maxOperationBytes) return [];
  return [{ pointer, detail: `an operation of ${bytes} bytes; expected at most ${maxOperationBytes}` }];
}
