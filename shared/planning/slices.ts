import type { Operation, OperationId } from "../operation/operation.ts";
import { type Progress, untouched } from "../operation/progress.ts";
import type { Command, UserGroupStep, UserStep } from "../umapi/command.ts";
import { onUser, onUserGroup } from "../umapi/steps/by-value.ts";
import { factsOf, hasStep } from "../umapi/steps/look-up.ts";
import { type LawfulStep, lawfulUserGroupSteps, lawfulUserSteps } from "./lawful-steps.ts";
import { renames, renamesRoot, rootAfter } from "./rename.ts";
import { withoutUsers } from "./without-users.ts";

/** The most steps that Adobe takes in one command (UMAPI docs: "too many steps" is `list_too_long`). */
const maxStepsPerCommand = 10;

/** An accepted operation that is not finished. */
export interface PendingOperation extends Operation {
  readonly progress: Progress;
  /** Whether an operation before it in its message has created its root. @default false */
  readonly rootCreated?: boolean;
  /** The users, by their folded names, who are left out of its lists, because a later operation has removed them. */
  readonly without?: ReadonlyMap<string, OperationId>;
}

/** The unfinished operations of one message, in order. All have one root and one test mode. */
export interface Work {
  readonly messageId: string;
  readonly operations: readonly [PendingOperation, ...PendingOperation[]];
}

/** The steps of one operation within a slice. */
export interface SlicePart {
  readonly operation: PendingOperation;
  /** For each step, the index of the caller's own step that it was cut from. */
  readonly sources: readonly number[];
  /** Lawful steps of the operation that are done once this part is. */
  readonly stepsDone: number;
  /** The operation is done once this part is. */
  readonly completes: boolean;
}

/** One command of at most ten steps: what Adobe receives of a message in one request. */
export interface Slice {
  readonly messageId: string;
  readonly command: Command;
  readonly parts: readonly SlicePart[];
}

/** All slices that the work still needs, in order. The first is what goes out next. */
export function slices({ messageId, operations }: Work): Slice[] {
  const head = operations[0].command;
  return "user" in head
    ? grouped(operations.flatMap(userPieces)).map((pieces) =>
        sliceOf(messageId, { ...rootAfter(head, stepsBefore(pieces)), do: pieces.map(({ step }) => step) }, pieces),
      )
    : grouped(operations.flatMap(userGroupPieces)).map((pieces) =>
        sliceOf(messageId, { ...rootAfter(head, stepsBefore(pieces)), do: pieces.map(({ step }) => step) }, pieces),
      );
}

/** One lawful step that is still to be sent. */
interface Piece<Step> extends LawfulStep<Step> {
  readonly operation: PendingOperation;
  /** Lawful steps of the operation that are done once this is. */
  readonly stepsDone: number;
  /** The operation is done once this is. */
  readonly completes: boolean;
}

function userPieces(operation: PendingOperation): Piece<UserStep>[] {
  const { command } = operation;
  return "user" in command ? remaining(operation, lawfulUserSteps(command), onUser.repeat, (step) => step) : [];
}

function userGroupPieces(operation: PendingOperation): Piece<UserGroupStep>[] {
  const { command } = operation;
  const { without } = operation;
  return "usergroup" in command
    ? remaining(operation, lawfulUserGroupSteps(command), onUserGroup.repeat, (step) => withoutUsers(step, without))
    : [];
}

function remaining<Step>(
  operation: PendingOperation,
  steps: readonly LawfulStep<Step>[],
  repeatable: (step: Step) => Step,
  leftOf: (step: Step) => Step | undefined,
): Piece<Step>[] {
  const { stepsDone, uncertain } = operation.progress;
  const left = steps.slice(stepsDone).flatMap(({ step: whole, source }, index) => {
    const step = leftOf(whole);
    return step === undefined ? [] : [{ step, source, stepsDone: stepsDone + index + 1 }];
  });
  return left.map(({ step, source, stepsDone: done }, index) => {
    const completes = index === left.length - 1;
    return {
      operation,
      step: uncertain ? repeatable(step) : step,
      source,
      stepsDone: completes ? steps.length : done,
      completes,
    };
  });
}

/** Packs the pieces, in order, into as few slices as possible. */
function grouped<Step extends UserStep | UserGroupStep>(pieces: readonly Piece<Step>[]): Piece<Step>[][] {
  const groups: Piece<Step>[][] = [];
  for (const piece of pieces) {
    const open = groups.at(-1);
    if (open !== undefined && mayFollow(open, piece)) open.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

function mayFollow(open: readonly Piece<UserStep | UserGroupStep>[], piece: Piece<UserStep | UserGroupStep>): boolean {
  const last = open.at(-1)?.operation;
  if (open.length >= maxStepsPerCommand || piece.operation.progress.oneStep) return false;
  // A create and a rename never share a command. If both were applied but the answer was lost, the repeated create
  // would not find the renamed root and would make a second one.
  if (renames(piece.operation.command, piece.step) && open.some(creates)) return false;
  // For the same reason no operation shares a command with a later one that renames or removes the root.
  return (
    last === piece.operation || !(travelsApart(last) || travelsApart(piece.operation) || losesRoot(piece.operation))
  );
}

function losesRoot({ command }: Operation): boolean {
  return renamesRoot(command) || hasStep(command, ({ kind }) => kind === "end");
}

function creates({ operation: { command }, step }: Piece<UserStep | UserGroupStep>): boolean {
  return factsOf(command, step).kind === "create";
}

function travelsApart(operation: PendingOperation | undefined): boolean {
  const { unjoined, most, oneStep } = operation?.progress ?? untouched;
  return unjoined || most !== undefined || oneStep;
}

/**
 * The steps before the slice. Nothing is joined behind a rename, so only the slice's first operation can have renamed
 * the root before.
 */
function stepsBefore([first]: readonly Piece<unknown>[]): readonly (UserStep | UserGroupStep)[] {
  return first?.operation.command.do.slice(0, first.source) ?? [];
}

function sliceOf(messageId: string, { requestID: _, ...command }: Command, pieces: readonly Piece<unknown>[]): Slice {
  const parts = [...Map.groupBy(pieces, ({ operation }) => operation)].map(([operation, own]): SlicePart => {
    const { stepsDone = 0, completes = false } = own.at(-1) ?? {};
    return { operation, sources: own.map(({ source }) => source), stepsDone, completes };
  });
  const [first, ...others] = parts;
  const requestID = others.length === 0 ? first?.operation.command.requestID : undefined;
  return { messageId, command: { ...command, ...(requestID === undefined ? {} : { requestID }) }, parts };
}
