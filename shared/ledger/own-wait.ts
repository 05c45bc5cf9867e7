import type { OwnReason } from "../api/wait-reasons.ts";
import type { OperationId } from "../operation/operation.ts";
import { leaderOf, type Parked } from "../operation/parked.ts";

/** What an operation waits for on its own account, independent of its lane. */
export interface OwnWait {
  readonly reason: OwnReason;
  /** Milliseconds since the epoch; absent if it cannot be known. */
  readonly until?: number;
  /** The id of the operation behind which it waits. */
  readonly behind?: OperationId;
}

/** @param now milliseconds since the epoch. @returns undefined for an operation that waits only for its lane */
export function ownWait(parked: Parked, now: number): OwnWait | undefined {
  const { reason, dueAt, list } = parked;
  if (reason === "ready" || reason === "leaver") return undefined;
  if (list !== undefined) {
    const behind = leaderOf(list);
    return { reason, ...(behind === undefined ? {} : { behind }) };
  }
  if (dueAt > now) return { reason, until: dueAt };
  // Its wait is over, but only few suspects go at a time.
  return reason === "suspect" ? { reason } : undefined;
}
