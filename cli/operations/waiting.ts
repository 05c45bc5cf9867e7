import type { Operation } from "./operation.ts";

/** What one of the operations waits for; undefined if each waits for its turn, or is being sent. */
export function waitingOf(operations: readonly Operation[]): Operation["waiting"] {
  return operations.find(({ waiting }) => waiting !== undefined)?.waiting;
}
