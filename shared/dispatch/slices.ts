import type { Operation } from "../operation.ts";
import type { Command, CreateOption, UserGroupStep, UserStep } from "../umapi/command.ts";
import { type LawfulStep, lawfulUserGroupSteps, lawfulUserSteps } from "./lawful-steps.ts";
import { rootAfter } from "./rename.ts";

/** Steps that Adobe takes in one command (UMAPI docs: "too many steps" is `list_too_long`). */
export const maxStepsPerCommand = 10;

/** How far an operation has come, and what past answers say about how to send the rest of it. */
export interface Progress {
  /** Lawful steps that Adobe has completed. */
  readonly stepsDone: number;
  /** A past send may have been applied: what goes out must be safe to repeat. */
  readonly uncertain: boolean;
  /** It goes in a command of its own, even if its message holds more of the same root. */
  readonly unjoined: boolean;
  /** It goes in an action request of its own. */
  readonly alone: boolean;
  /** Its slices hold one step each, because Adobe found a longer one too long. */
  readonly oneStep: boolean;
  /** Requests with it that failed without an answer to it. */
  readonly faults: number;
  /** When the last of them did, in milliseconds since the epoch. */
  readonly lastFaultAt?: number;
}

export const untouched: Progress = {
  stepsDone: 0,
  uncertain: false,
  unjoined: false,
  alone: false,
  oneStep: false,
  faults: 0,
};

/** An accepted operation that is not finished. */
export interface PendingOperation extends Operation {
  readonly progress: Progress;
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
export function slices(work: Work): Slice[] {
  const head = work.operations[0].command;
  return "user" in head
    ? cut(work, userSteps, repeatableUserStep, (steps, before) => ({ ...rootAfter(head, before), do: steps }))
    : cut(work, userGroupSteps, repeatableUserGroupStep, (steps, before) => ({
        ...rootAfter(head, before),
        do: steps,
      }));
}

const userSteps = ({ command }: Operation) => ("user" in command ? lawfulUserSteps(command) : []);
const userGroupSteps = ({ command }: Operation) => ("usergroup" in command ? lawfulUserGroupSteps(command) : []);

function cut<Step>(
  { messageId, operations }: Work,
  lawfulSteps: (operation: Operation) => LawfulStep<Step>[],
  repeatable: (step: Step) => Step,
  commandOf: (steps: Step[], before: readonly (UserStep | UserGroupStep)[]) => Command,
): Slice[] {
  const result: Slice[] = [];
  let open: { steps: Step[]; parts: SlicePart[]; room: number } | undefined;
  const close = () => {
    if (open === undefined) return;
    const [first, ...others] = open.parts;
    // Nothing is joined behind a rename, so only a slice's first operation can have renamed the root before it.
    const before = first?.operation.command.do.slice(0, first.sources[0]) ?? [];
    const { requestID: _, ...command } = commandOf(open.steps, before);
    const requestID = others.length === 0 ? first?.operation.command.requestID : undefined;
    result.push({
      messageId,
      command: { ...command, ...(requestID === undefined ? {} : { requestID }) },
      parts: open.parts,
    });
    open = undefined;
  };

  for (const operation of operations) {
    const { stepsDone, uncertain, unjoined, alone, oneStep } = operation.progress;
    const travelsApart = unjoined || alone || oneStep;
    const all = lawfulSteps(operation);
    if (travelsApart) close();
    for (let done = stepsDone; done < all.length; ) {
      open ??= { steps: [], parts: [], room: oneStep ? 1 : maxStepsPerCommand };
      const taken = all.slice(done, done + open.room);
      done += taken.length;
      open.room -= taken.length;
      open.steps.push(...taken.map(({ step }) => (uncertain ? repeatable(step) : step)));
      const sources = taken.map(({ source }) => source);
      open.parts.push({ operation, sources, stepsDone: done, completes: done === all.length });
      if (open.room === 0) close();
    }
    if (travelsApart) close();
  }
  close();
  return result;
}

/** A create whose first send may have been applied must not fail because it was. */
function repeatableUserStep(step: UserStep): UserStep {
  if ("addAdobeID" in step) return { addAdobeID: ignoringExisting(step.addAdobeID) };
  if ("createEnterpriseID" in step) return { createEnterpriseID: ignoringExisting(step.createEnterpriseID) };
  if ("createFederatedID" in step) return { createFederatedID: ignoringExisting(step.createFederatedID) };
  return step;
}

function repeatableUserGroupStep(step: UserGroupStep): UserGroupStep {
  return "createUserGroup" in step ? { createUserGroup: ignoringExisting(step.createUserGroup) } : step;
}

function ignoringExisting<Create extends { readonly option?: CreateOption }>(create: Create): Create {
  return { ...create, option: create.option ?? "ignoreIfAlreadyExists" };
}
