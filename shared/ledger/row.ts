import type { Operation } from "../operation/operation.ts";
import type { SettledOutcome } from "../operation/outcome.ts";
import type { Parked } from "../operation/parked.ts";
import type { Place } from "../operation/place.ts";
import { type Progress, untouched } from "../operation/progress.ts";
import { backoffMs } from "../pacing/backoff.ts";
import { creates } from "../planning/lawful-steps.ts";
import type { Intent } from "./intent.ts";

/** What the ledger knows of one operation. All times are milliseconds since the epoch. */
export interface LedgerRow {
  readonly operation: Operation;
  readonly status: Status;
  readonly progress: Progress;
  /** Attempts that count against the operation. */
  readonly charges: number;
  /** Times in a row that the operation alone had to wait. */
  readonly holds: number;
  /** Where the operation stands in the order, as soon as anybody knows. */
  readonly place?: Place;
  /** How it waits outside of the queue. Kept after its end, by which what is left in the room is found. */
  readonly parked?: Parked;
  /** An earlier operation of the same message has created its user or group. */
  readonly rootCreated?: boolean;
  /** Written before there was a waiting room: until then the operation, and what conflicts with it, is not sent. */
  readonly notBefore?: number;
  /** Somebody is about to cancel it. */
  readonly cancel?: Intent;
  readonly canceledAt?: number;
  /** Who canceled it, as the API's authorizer names the caller; absent where it names none. */
  readonly canceledBy?: string;
  readonly error?: RowError;
  readonly updatedAt: number;
  /** One more for each write; 0 for a row that has not been written. */
  readonly revision: number;
}

export type Status = "queued" | "succeeded" | "failed" | "canceled";

export interface RowError {
  readonly code: string;
  readonly message: string;
  /** Index of the failed step in the caller's `do`. */
  readonly step?: number;
  /** False if the operation may have been applied all the same. */
  readonly certain: boolean;
}

/** The attempt that fails an operation, counting only those charged to it (the walkthrough's own number). */
export const lastCharge = 4;

/** What a version that still ended operations by age has written. */
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

/**
 * The row as a message finds it: written anew where it is missing, opened again where the message is of a newer
 * generation, and undefined where there is nothing left to do for the message's operation.
 *
 * @param place of the operation, by the message that carries it
 */
export function rowFor(row: LedgerRow | undefined, operation: Operation, place: Place): LedgerRow | undefined {
  if (row === undefined) return { ...newRow(operation), place };
  if (operation.generation > row.operation.generation) return { ...reopen(row, operation), place };
  if (operation.generation < row.operation.generation || row.status !== "queued") return undefined;
  return row.parked === undefined ? { place, ...row } : whereParked(row, row.parked, operation, place);
}

/** A parked row has no message that matters, but for the one by which what was scheduled is due. */
function whereParked(row: LedgerRow, parked: Parked, operation: Operation, place: Place): LedgerRow | undefined {
  const isReleased = parked.reason === "scheduled" && (operation.release ?? 0) > (row.operation.release ?? 0);
  if (!isReleased) return row;
  const { parked: _, ...open } = row;
  return { ...open, operation, place };
}

/** Whether the operation begins with the create of its root, and that is known to have been done. */
export function hasCreatedRoot(row: LedgerRow | undefined): boolean {
  const [first] = row?.operation.command.do ?? [];
  if (row === undefined || first === undefined || !creates(first)) return false;
  return row.status === "succeeded" || row.progress.stepsDone > 0 || (row.error?.step ?? 0) > 0;
}

/**
 * A finished row, opened for its operation's next generation. It goes on where it stopped; what stood before the step
 * that failed must not fail because it stands.
 */
export function reopen({ progress, error, revision }: LedgerRow, operation: Operation): LedgerRow {
  const [first] = operation.command.do;
  const failedAtCreate = error?.step === 0 && first !== undefined && creates(first);
  const wasNeverSent = error?.code === expiredCode && error.certain;
  const uncertain = progress.uncertain || !(failedAtCreate || wasNeverSent);
  return { ...newRow(operation), progress: { ...untouched, stepsDone: progress.stepsDone, uncertain }, revision };
}

/** The row after an outcome. A final row stays as it is. */
export function settle(row: LedgerRow, outcome: SettledOutcome, now: number, random: () => number): LedgerRow {
  if (row.status !== "queued") return row;
  const { notBefore: _, ...open } = row;
  switch (outcome.kind) {
    case "succeeded":
      return { ...open, status: "succeeded", holds: 0, updatedAt: now };
    case "failed":
      // What an earlier send may have applied stands, whatever a repeat was refused for.
      return {
        ...open,
        status: "failed",
        error: { ...outcome.error, certain: !open.progress.uncertain },
        updatedAt: now,
      };
    case "again": {
      const progress = noLess(open, outcome);
      return { ...open, progress, holds: 0, ...stillParked(open, progress, now), updatedAt: now };
    }
    case "parked":
      return { ...open, progress: noLess(open, outcome), parked: outcome.parked, updatedAt: now };
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

/** What Adobe has answered is no longer held, suspected or behind anything: it goes on when its turn comes. */
function stillParked({ parked }: LedgerRow, { faults }: Progress, now: number): { parked?: Parked } {
  if (parked === undefined) return {};
  return { parked: faults > 0 ? parked : { reason: "ready", dueAt: now } };
}

/** Of two dispatchers at once, the slower must not take back the steps that the other has seen done. */
function noLess({ progress }: LedgerRow, outcome: { readonly progress: Progress }): Progress {
  return { ...outcome.progress, stepsDone: Math.max(progress.stepsDone, outcome.progress.stepsDone) };
}

/** @param parked how it waits until its backoff is over */
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
