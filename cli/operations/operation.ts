import { hasSucceeded, type SeenOperation } from "../../client/seen-operation.ts";
import type { Waiting } from "../../shared/api/operation.ts";
import { retryMayHelp } from "../../shared/umapi/errors/hint.ts";

/** The user or group that it is on. */
export function rootOf({ user, usergroup }: SeenOperation): string {
  return user ?? usergroup ?? "";
}

/** What one of the operations waits for; undefined if each waits for its turn, or is being sent. */
export function waitingOf(operations: readonly SeenOperation[]): Waiting | undefined {
  return operations.find(({ waiting }) => waiting !== undefined)?.waiting;
}

/** Whether nothing is left to do about it: it was done, or a removal of the person made it needless. */
export function isGood(operation: SeenOperation): boolean {
  return hasSucceeded(operation) || operation.status === "superseded";
}

/** Whether a retry of an operation that has failed may change anything. */
export function isWorthRetrying({ error }: SeenOperation): boolean {
  return error === undefined || retryMayHelp(error);
}
