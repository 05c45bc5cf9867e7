import { createHash } from "node:crypto";
import { type LedgerRow, newRow, placeIn } from "../ledger/row.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import { behind } from "../operation/parked.ts";
import { type Place, placeRightAfter } from "../operation/place.ts";

/** The ids of leavers that go once more have this after the leaver's own id. */
const mark = "-again-";

/** Whether the operation is a leaver that goes once more. Somebody has got the name of its user since it went. */
export function isOnceMore({ id }: Operation): boolean {
  return id.includes(mark);
}

/**
 * A leaver that has gone ahead, once more. Work that was accepted before it gives its user's name to somebody else, who
 * must leave as well: right after that work, so that what else gives the name away finds it free. It is an operation of
 * its own, and the same each time for the same two.
 *
 * @param after the operation that gives the name away
 * @param place its place
 */
export function onceMore(leaver: LedgerRow, after: Operation, place: Place, now: number): LedgerRow {
  const { operation } = leaver;
  const { command, testOnly, submittedBy, acceptedAt } = operation;
  const again: Operation = {
    id: idOf(operation, after),
    command,
    testOnly,
    ...(submittedBy === undefined ? {} : { submittedBy }),
    generation: 0,
    acceptedAt,
    queuedAt: now,
  };
  return { ...newRow(again), place: placeRightAfter(place, placeIn(leaver)), parked: behind(after.id) };
}

function idOf({ id }: Operation, after: Operation): OperationId {
  const hash = createHash("sha256").update(`${after.id}#${after.generation}`).digest("hex");
  return `${id}${mark}${hash.slice(0, 8)}` as OperationId;
}
