import type { Operation } from "../operation/operation.ts";
import type { SettledOutcome } from "../operation/outcome.ts";
import type { Parked } from "../operation/parked.ts";
import { type Place, placeBeforeAll } from "../operation/place.ts";
import { type Progress, untouched } from "../operation/progress.ts";
import { isFinal, isSuccess } from "../operation/status.ts";
import { backoffMs } from "../pacing/backoff.ts";
import type { Read } from "../schema/read.ts";
import { factsOf } from "../umapi/steps/look-up.ts";
import type { rowSchema } from "./row-schema.ts";

/** What the ledger knows of one operation. */
export type LedgerRow = Read<typeof rowSchema> & {
  /** One more for each write; 0 for a row that has not been written. */
  readonly revision: number;
};

/** The charged attempt at which an operation fails (the walkthrough's own number). */
export const lastCharge = 4;

/** The code of operations that an older version ended because of their age. */
const expiredCode = "expired";

export function newRow(operation: Operation): LedgerRow {
  return {
    operation,
    status: "queued",
    progress: untouched,
    charges: 0,
    holds: 0,
    updatedAt: operation.queuedAt,
    revision: 0,
  };
}

/** The place of the operation in the accepted order. */
export function placeIn({ operation: { id, acceptedAt }, place }: LedgerRow): Place {
  return place ?? placeBeforeAll(acceptedAt, id);
}

/**
 * What is left of a finished row that is erased: that the operation has ended, so that a message of it that SQS still holds
 * does nothing. An earlier version takes it for canceled, and does not retry it.
 */
export function erased({ operation, charges, revision }: LedgerRow, now: number): LedgerRow {
  const { id, testOnly, generation, callSize, acceptedAt, queuedAt } = operation;
  return {
    ...newRow({
      id,
      command: { usergroup: "erased", do: [{ createUserGroup: {} }] },
      testOnly,
      generation,
      ...(callSize === undefined ? {} : { callSize }),
      acceptedAt,
      queuedAt,
    }),
    status: "canceled",
    charges,
    erasedAt: now,
    updatedAt: now,
    revision,
  };
}

/** Whether there is an operation to tell of: an erased one is no longer kept. */
export function isKept<Row extends { readonly erasedAt?: number } | "unreadable">(row: Row | undefined): row is Row {
  return row !== undefined && (row === "unreadable" || row.erasedAt === undefined);
}

/**
 * The row for a message's operation. It is a new one if there is none, and opened again if the message has a newer
 * generation. It is undefined if nothing is left to do.
 *
 * @param place the place of the operation by its message; absent if the message does not tell
 */
export function rowFor(row: LedgerRow | undefined, operation: Operation, place?: Place): LedgerRow | undefined {
  const known = place === undefined ? {} : { place };
  if (row === undefined) return { ...newRow(operation), ...known };
  if (operation.generation > row.operation.generation) return { ...reopen(row, operation), ...known };
  if (operation.generation < row.operation.generation || isFinal(row.status)) return undefined;
  return row.parked === undefined ? placed(row, place) : whereParked(row, row.parked, operation, known);
}

/**
 * The row with its place. A repeated call may have put a second message into the queue, whose place the row may have.
 * The earlier place counts.
 */
export function placed(row: LedgerRow, place: Place | undefined): LedgerRow {
  return place === undefined || (row.place !== undefined && row.place <= place) ? row : { ...row, place };
}

/** A parked row ignores messages, except the one that makes a scheduled operation due. */
function whereParked(
  row: LedgerRow,
  parked: Parked,
  operation: Operation,
  known: { readonly place?: Place },
): LedgerRow | undefined {
  const isReleased = parked.reason === "scheduled" && (operation.release ?? 0) > (row.operation.release ?? 0);
  if (!isReleased) return row;
  const { parked: _, ...open } = row;
  return { ...open, operation, ...known };
}

/** Whether the operation begins with the create of its root, and that create is known to be done. */
export function hasCreatedRoot(row: LedgerRow | undefined): boolean {
  const [first] = row?.operation.command.do ?? [];
  if (row === undefined || first === undefined) return false;
  if (factsOf(row.operation.command, first).kind !== "create") return false;
  return isSuccess(row.status) || row.progress.stepsDone > 0 || (row.error?.step ?? 0) > 0;
}

/**
 * Opens a finished row for the next generation of its operation, which goes on where it stopped. Steps before the
 * failed one may already be in force, so the retry is sent in the form that is safe to repeat.
 */
export function reopen({ progress, error, revision }: LedgerRow, operation: Operation): LedgerRow {
  const [first] = operation.command.do;
  const failedAtCreate =
    error?.step === 0 && first !== undefined && factsOf(operation.command, first).kind === "create";
  const wasNeverSent = error?.code === expiredCode && error.certain;
  const uncertain = progress.uncertain || !(failedAtCreate || wasNeverSent);
  return { ...newRow(operation), progress: { ...untouched, stepsDone: progress.stepsDone, uncertain }, revision };
}

/** The row after an outcome. A final row stays as it is. */
export function settle(row: LedgerRow, outcome: SettledOutcome, now: number, random: () => number): LedgerRow {
  if (isFinal(row.status)) return row;
  const { notBefore: _, ...open } = row;
  switch (outcome.kind) {
    case "succeeded":
      return { ...open, status: "succeeded", holds: 0, updatedAt: now };
    case "failed":
      // If an earlier send may have been applied, that stays so, whatever the reason why a repeat was refused.
      return {
        ...open,
        status: "failed",
        error: { ...outcome.error, certain: !open.progress.uncertain },
        updatedAt: now,
      };
    case "canceled": {
      const by = outcome.by === undefined ? {} : { canceledBy: outcome.by };
      return { ...open, status: "canceled", canceledAt: now, ...by, updatedAt: now };
    }
    case "superseded":
      return { ...open, status: "superseded", supersededBy: outcome.by, updatedAt: now };
    case "again": {
      const progress = noLess(open, outcome);
      return { ...open, progress, holds: 0, ...stillParked(open, progress, now), updatedAt: now };
    }
    case "parked":
      // Whoever read the row before submit made it early would have it wait for work that waits for it.
      if (open.early === true && outcome.parked.reason === "behind") return row;
      return { ...open, progress: noLess(open, outcome), parked: outcome.parked, updatedAt: now };
    case "in its place": {
      const { early: _, ...placed } = open;
      return { ...placed, progress: noLess(open, outcome), parked: { reason: "ready", dueAt: now }, updatedAt: now };
    }
    case "held": {
      const { code } = outcome;
      const own = (dueAt: number): Parked => ({ reason: "held", dueAt });
      const parked = (dueAt: number): Parked =>
        code === undefined ? own(dueAt) : { reason: "held", list: `code#${code}`, since: now };
      return held(open, noLess(open, outcome), parked, now, random);
    }
    case "charged": {
      const charges = open.charges + 1;
      const { error, progress, as, notBefore = 0 } = outcome;
      if (charges >= lastCharge)
        return {
          ...open,
          status: "failed",
          progress: noLess(open, outcome),
          charges,
          error: { ...error, certain: !progress.uncertain },
          updatedAt: now,
        };
      const parked = (dueAt: number): Parked => ({ reason: as, dueAt: Math.max(dueAt, notBefore) });
      return { ...held(open, noLess(open, outcome), parked, now, random), charges };
    }
  }
}

/** An operation that Adobe has answered is no longer held, suspected or behind anything. It goes on in its turn. */
function stillParked({ parked }: LedgerRow, { faults }: Progress, now: number): { parked?: Parked } {
  if (parked === undefined) return {};
  return { parked: faults > 0 ? parked : { reason: "ready", dueAt: now } };
}

/** If two dispatchers work at once, the slower must not undo steps that the other has seen done. */
function noLess({ progress }: LedgerRow, outcome: { readonly progress: Progress }): Progress {
  return { ...outcome.progress, stepsDone: Math.max(progress.stepsDone, outcome.progress.stepsDone) };
}

/** @param parked how the operation waits until its backoff is over */
function held(
  row: LedgerRow,
  progress: Progress,
  parked: (dueAt: number) => Parked,
  now: number,
  random: () => number,
): LedgerRow {
  const holds = row.holds + 1;
  return { ...row, progress, holds, parked: parked(now + backoffMs(holds, random)), updatedAt: now };
}
