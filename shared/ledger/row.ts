import type { Operation } from "../operation/operation.ts";
import type { SettledOutcome } from "../operation/outcome.ts";
import { type Progress, untouched } from "../operation/progress.ts";
import { isFinal, isSuccess } from "../operation/status.ts";
import { backoffMs } from "../pacing/backoff.ts";
import type { Read } from "../schema/read.ts";
import { factsOf } from "../umapi/steps/look-up.ts";
import type { errorSchema, rowSchema } from "./row-schema.ts";

/** What the ledger knows of one operation. */
export type LedgerRow = Read<typeof rowSchema> & {
  /** One more for each write; 0 for a row that has not been written. */
  readonly revision: number;
};

export type RowError = Read<typeof errorSchema>;

/** The attempt that fails an operation, counting only those charged to it (the walkthrough's own number). */
export const lastCharge = 4;

/** SQS forgets a message after 14 days; before that its operation must have an end that its caller can see. */
export const expiresAfterDays = 13;
const expiresAfterMs = expiresAfterDays * 24 * 60 * 60 * 1000;
/** Longer than any invocation: what may expire at any moment is being sent by nobody. */
const closingMs = 10 * 60 * 1000;

export function isExpired({ queuedAt }: Pick<Operation, "queuedAt">, now: number): boolean {
  return queuedAt + expiresAfterMs <= now;
}

/** Whether it is too late to send the operation, because it might expire meanwhile. */
export function isClosing({ queuedAt }: Operation, now: number): boolean {
  return queuedAt + expiresAfterMs - closingMs <= now;
}

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
 */
export function rowFor(row: LedgerRow | undefined, operation: Operation): LedgerRow | undefined {
  if (row === undefined) return newRow(operation);
  if (operation.generation > row.operation.generation) return reopen(row, operation);
  return operation.generation === row.operation.generation && !isFinal(row.status) ? row : undefined;
}

/** Whether the operation begins with the create of its root, and that is known to have been done. */
export function hasCreatedRoot(row: LedgerRow | undefined): boolean {
  const [first] = row?.operation.command.do ?? [];
  if (row === undefined || first === undefined) return false;
  if (factsOf(row.operation.command, first).kind !== "create") return false;
  return isSuccess(row.status) || row.progress.stepsDone > 0 || (row.error?.step ?? 0) > 0;
}

/**
 * A finished row, opened for its operation's next generation. It goes on where it stopped; what stood before the step
 * that failed must not fail because it stands.
 */
export function reopen({ progress, error, revision }: LedgerRow, operation: Operation): LedgerRow {
  const [first] = operation.command.do;
  const failedAtCreate =
    error?.step === 0 && first !== undefined && factsOf(operation.command, first).kind === "create";
  const wasNeverSent = error?.code === expiredCode && error.certain;
  const uncertain = progress.uncertain || !(failedAtCreate || wasNeverSent);
  return { ...newRow(operation), progress: { ...untouched, stepsDone: progress.stepsDone, uncertain }, revision };
}

/** The row of an operation that has waited for too long. `certain`: nothing of it has been applied. */
export function expire(row: LedgerRow, certain: boolean, now: number): LedgerRow {
  const message = `The operation waited for ${expiresAfterDays} days without being finished; it can be retried.`;
  return { ...row, status: "failed", error: { code: expiredCode, message, certain }, updatedAt: now };
}

/** The row after an outcome. A final row stays as it is. */
export function settle(row: LedgerRow, outcome: SettledOutcome, now: number, random: () => number): LedgerRow {
  if (isFinal(row.status)) return row;
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
    case "again":
      return { ...open, progress: noLess(open, outcome), holds: 0, updatedAt: now };
    case "held":
      return held(open, noLess(open, outcome), now, random);
    case "charged": {
      const charges = open.charges + 1;
      if (charges < lastCharge) return { ...held(open, noLess(open, outcome), now, random), charges };
      const error = { ...outcome.error, certain: !outcome.progress.uncertain };
      return { ...open, status: "failed", progress: noLess(open, outcome), charges, error, updatedAt: now };
    }
  }
}

/** Of two dispatchers at once, the slower must not take back the steps that the other has seen done. */
function noLess({ progress }: LedgerRow, outcome: { readonly progress: Progress }): Progress {
  return { ...outcome.progress, stepsDone: Math.max(progress.stepsDone, outcome.progress.stepsDone) };
}

function held(row: LedgerRow, progress: Progress, now: number, random: () => number): LedgerRow {
  const holds = row.holds + 1;
  return { ...row, progress, holds, notBefore: now + backoffMs(holds, random), updatedAt: now };
}
