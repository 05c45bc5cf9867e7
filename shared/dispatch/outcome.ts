import type { OperationId } from "../operation/operation.ts";
import type { OperationError, Outcome, SettledOutcome } from "../operation/outcome.ts";
import { type Progress, untouched } from "../operation/progress.ts";
import type { PlannedRequest } from "../planning/plan.ts";
import type { PendingOperation, Slice, SlicePart } from "../planning/slices.ts";
import type { ActionReport, Answer, CommandError } from "../umapi/answer.ts";
import { meaningOf } from "../umapi/error-codes.ts";
import { failedStep } from "./failed-step.ts";
import { type Verdict, verdictOn } from "./verdict.ts";

export interface Judgement {
  readonly verdict: Verdict;
  /** One entry for each operation about which the answer says anything. */
  readonly outcomes: ReadonlyMap<OperationId, Outcome>;
}

/** What the judgement needs besides the answer. Times are milliseconds since the epoch. */
export interface Circumstances {
  readonly now: number;
  /** Until when Adobe may still apply a request without an answer. */
  readonly openUntil: number;
  /** Whether the request had only suspects. */
  readonly isOfSuspects: boolean;
  /** Whether the next failure of the operation, sent alone, is its own. */
  readonly isProven: (progress: Progress) => boolean;
}

/** Turns the answer to one action request into an outcome for each operation. */
export function judge(request: PlannedRequest, answer: Answer, circumstances: Circumstances): Judgement {
  const verdict = verdictOn(answer);
  const parts = request.slices.flatMap((slice) => slice.parts);
  const single = parts.length === 1 ? parts[0]?.operation : undefined;
  const judged = (outcomes: Iterable<[OperationId, Outcome]>): Judgement => ({ verdict, outcomes: new Map(outcomes) });
  const all = (outcome: (operation: PendingOperation) => Outcome) =>
    judged(parts.map(({ operation }) => [operation.id, outcome(operation)]));

  switch (verdict.kind) {
    case "throttled":
    case "credentials-refused":
      return judged([]);
    case "adobe-unavailable":
      return verdict.fate === "unsent"
        ? judged([])
        : all((operation) => afterFault(operation.progress, request, verdict.fate === "open", circumstances));
    case "rejected": {
      const { code, message } = verdict;
      if (single !== undefined) return all(() => ({ kind: "failed", error: { code, message } }));
      return all(({ progress }) => ({ kind: "again", progress: { ...progress, most: halfOf(request) } }));
    }
    case "answered":
      return judged(answer.kind === "response" && answer.body.kind === "report" ? read(request, answer.body) : []);
  }
}

const noAnswer: OperationError = {
  code: "adobe_failed",
  message: "Adobe failed whenever it was sent this operation, while it answered others.",
};

const unclear: OperationError = {
  code: "unclear_result",
  message: "Adobe reported that not everything was completed without saying what failed.",
};

/** The outcome for an operation whose request failed without an answer. */
function afterFault(before: Progress, request: PlannedRequest, isOpen: boolean, around: Circumstances): Outcome {
  const { now, openUntil, isOfSuspects, isProven } = around;
  const progress: Progress = {
    ...before,
    faults: before.faults + 1,
    lastFaultAt: now,
    uncertain: true,
    ...(isOfSuspects ? { most: halfOf(request) } : {}),
  };
  const isAlone = request.slices.length === 1 && request.slices[0]?.parts.length === 1;
  if (isOfSuspects && isAlone && isProven(before))
    return { kind: "charged", as: "suspect", progress, error: noAnswer, ...(isOpen ? { notBefore: openUntil } : {}) };
  if (isOpen) return { kind: "parked", progress, parked: { reason: "unsettled", dueAt: openUntil } };
  // Other suspects have their turn first: one that nothing can prove must not keep them from being cleared.
  return isOfSuspects
    ? { kind: "parked", progress, parked: { reason: "suspect", dueAt: now } }
    : { kind: "again", progress };
}

/**
 * The limit for the next requests with these operations: half the size, so that the operation at fault is soon alone.
 */
function halfOf({ slices }: PlannedRequest): number {
  return Math.ceil(slices.length / 2);
}

function* read(request: PlannedRequest, report: ActionReport): Generator<[OperationId, Outcome]> {
  const errors = firstErrors(report);
  const listed = request.slices.filter((_, index) => errors.has(index)).length;
  const completed = report.completed + report.completedInTestMode;
  const isUnclear = completed + listed < request.slices.length || report.notCompleted > listed;
  for (const [index, slice] of request.slices.entries()) {
    const error = errors.get(index);
    if (error !== undefined) yield* failedSlice(slice, error);
    else
      for (const part of slice.parts) {
        if (!isUnclear) yield [part.operation.id, done(part)];
        else {
          const isAlone = part.operation.progress.most === 1;
          const progress = { ...repeated(part.operation.progress), most: 1 };
          yield [
            part.operation.id,
            isAlone ? { kind: "charged", as: "held", progress, error: unclear } : { kind: "again", progress },
          ];
        }
      }
  }
}

/** For each command with errors, the error at its earliest step, which ended the command. */
function firstErrors({ errors }: ActionReport): Map<number, CommandError> {
  const first = new Map<number, CommandError>();
  for (const error of errors) {
    const other = first.get(error.index);
    if (other === undefined || (error.step ?? -1) < (other.step ?? -1)) first.set(error.index, error);
  }
  return first;
}

function* failedSlice(slice: Slice, error: CommandError): Generator<[OperationId, Outcome]> {
  const at = locate(slice, error.step);
  if (at === undefined) {
    for (const part of slice.parts) {
      const { operation } = part;
      yield slice.parts.length === 1
        ? [operation.id, failedPart(slice, part, undefined, error)]
        : [operation.id, { kind: "again", progress: { ...repeated(operation.progress), unjoined: true } }];
    }
    return;
  }
  for (const [index, part] of slice.parts.entries()) {
    if (index < at.part) yield [part.operation.id, done(part)];
    else if (index === at.part) yield [part.operation.id, failedPart(slice, part, at.step, error)];
    // Adobe does not document whether the steps after a failed one have run.
    else yield [part.operation.id, { kind: "again", progress: repeated(part.operation.progress) }];
  }
}

/** Finds the part of the slice to which a step of its command belongs, and the index of the step in that part. */
function locate(slice: Slice, step: number | undefined): { part: number; step: number } | undefined {
  if (step === undefined) return undefined;
  let rest = step;
  for (const [part, { sources }] of slice.parts.entries()) {
    if (rest < sources.length) return { part, step: rest };
    rest -= sources.length;
  }
  return undefined;
}

/** @param step index of the failed step within the part, or undefined if Adobe named none */
function failedPart(slice: Slice, part: SlicePart, step: number | undefined, error: CommandError): Outcome {
  const { operation } = part;
  const progress = repeated(operation.progress);
  const source = step === undefined ? undefined : part.sources[step];
  const failure: OperationError = {
    code: error.code,
    message: error.message,
    ...(source === undefined ? {} : { step: source }),
  };
  const failed = failedStep(slice, part, step);
  switch (meaningOf(error.code, error.message, failed)) {
    case "permanent":
      return { kind: "failed", error: failure };
    case "transient":
      return { kind: "charged", as: "held", progress, error: failure };
    case "not-yet":
      return notYet(part, step, failure);
    case "throttled":
      return { kind: "held", progress, code: error.code };
    case "too-long":
      return progress.oneStep || slice.command.do.length === 1
        ? { kind: "failed", error: failure }
        : { kind: "again", progress: { ...progress, oneStep: true } };
    case "converged":
      return past(part, step);
    case "gone":
      return { kind: "succeeded" };
    case "renamed": {
      const confirmed = past(part, failed.rename?.step);
      const newName = failed.rename?.newName;
      // A group cannot be looked up by its name.
      if (newName === undefined) return confirmed;
      const stands: SettledOutcome = failed.created ? notYet(part, step, failure) : { kind: "failed", error: failure };
      const refuted: SettledOutcome = failed.endsInRemoval ? { kind: "succeeded" } : stands;
      return { kind: "renamed", newName, confirmed, refuted, unclear: { kind: "held", progress } };
    }
  }
}

function done({ operation, stepsDone, completes }: SlicePart): SettledOutcome {
  return completes ? { kind: "succeeded" } : { kind: "again", progress: advanced(operation.progress, stepsDone) };
}

/** The step that got the error is done all the same; the steps after it in the slice are sent again. */
function past(part: SlicePart, step: number | undefined): SettledOutcome {
  const { operation, sources } = part;
  // The steps are sent one by one to find out which step it was.
  if (step === undefined && sources.length > 1)
    return { kind: "again", progress: { ...repeated(operation.progress), oneStep: true } };
  const stepsDone = part.stepsDone - sources.length + (step ?? 0) + 1;
  if (stepsDone === part.stepsDone) return done(part);
  return { kind: "again", progress: repeated(advanced(operation.progress, stepsDone)) };
}

/** Adobe does not find yet what was created. The create is done, and the operation goes on behind it. */
function notYet({ operation, sources, stepsDone }: SlicePart, step: number | undefined, error: OperationError) {
  const progress = repeated(operation.progress);
  // The steps are sent one by one to find out which step it was.
  if (step === undefined)
    return { kind: "charged", as: "held", progress: { ...progress, oneStep: true }, error } as const;
  return {
    kind: "charged",
    as: "held",
    progress: { ...progress, stepsDone: stepsDone - sources.length + step },
    error,
  } as const;
}

function advanced(progress: Progress, stepsDone: number): Progress {
  return { ...untouched, unjoined: progress.unjoined, oneStep: progress.oneStep, stepsDone };
}

/** Any answer to the operation resets its count of consecutive requests without an answer. */
function repeated({ lastFaultAt: _, most: __, ...progress }: Progress): Progress {
  return { ...progress, faults: 0, uncertain: true };
}
