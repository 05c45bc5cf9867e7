import type { OwnReason } from "../api/wait-reasons.ts";
import type { OperationId } from "../operation/operation.ts";
import { leaderOf, type Parked } from "../operation/parked.ts";

/** What an operation waits for on its own account, whatever its lane does. */
export interface OwnWait {
  readonly reason: OwnReason;
  /** Milliseconds since the epoch; absent where nobody can know. */
  readonly until?: number;
  /** Of whom it stands behind: the id. */
  readonly behind?: OperationId;
}

/** @param now milliseconds since the epoch. @returns undefined for one that goes when its lane lets it */
export function ownWait(parked: Parked, now: number): OwnWait | undefined {
  const { reason, dueAt, list } = parked;
  if (reason === "ready") return undefined;
  if (list !== undefined) {
    const behind = leaderOf(list);
    return { reason, ...(behind === undefined ? {} : { behind }) };
  }
  if (dueAt > now) return { reason, until: dueAt };
  // Its wait is over, but of suspects few go at a time.
  return reason === "suspect" ? { reason } : undefined;
}
