import { type LedgerRow, newRow } from "../ledger/row.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import { behind } from "../operation/parked.ts";

/**
 * A leaver that has gone ahead, once more and now in its place. Work that was accepted before it gives its user's name to
 * somebody else, who must leave as well. It is an operation of its own, and the same each time for the same leaver.
 *
 * @param after the operation that gives the name away
 */
export function onceMore({ operation, place }: LedgerRow, after: OperationId, now: number): LedgerRow {
  const { id, command, testOnly, submittedBy, acceptedAt } = operation;
  const again: Operation = {
    id: `${id}-again` as OperationId,
    command,
    testOnly,
    ...(submittedBy === undefined ? {} : { submittedBy }),
    generation: 0,
    acceptedAt,
    queuedAt: now,
  };
  return { ...newRow(again), ...(place === undefined ? {} : { place }), parked: behind(after) };
}
