import fc from "fast-check";
import type { Operation, OperationId } from "../../shared/operation/operation.ts";
import { type Progress, untouched } from "../../shared/operation/progress.ts";
import { operationIdSchema } from "../../shared/operation/schema.ts";
import type { PendingOperation, Work } from "../../shared/planning/slices.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { isObject } from "../../shared/umapi/unchecked.ts";
import { arbitraryCommand, type CommandPools, lawful } from "./arbitrary-commands.ts";

export const operationId = (text: string): OperationId => operationIdSchema.parse(text);

/** An operation of a first call, in real mode unless said otherwise. */
export function operationOf(id: string, command: Command, changes: Partial<Operation> = {}): Operation {
  return { id: operationId(id), command, testOnly: false, generation: 0, acceptedAt: 0, queuedAt: 0, ...changes };
}

export function pendingOf(operation: Operation, progress: Partial<Progress> = {}): PendingOperation {
  return { ...operation, progress: { ...untouched, ...progress } };
}

/** One message's work of operations that are not begun. */
export function workOf(messageId: string, [head, ...rest]: readonly [Operation, ...Operation[]]): Work {
  return { messageId, operations: [pendingOf(head), ...rest.map((operation) => pendingOf(operation))] };
}

/** One message's work of one operation, with the operation's id as the message's. */
export function singleWork(id: string, command: Command, progress: Partial<Progress> = {}): Work {
  return { messageId: id, operations: [pendingOf(operationOf(id, command), progress)] };
}

/** Operations of one call, on few names so that many conflict, some of them far larger than Adobe takes. */
export function arbitraryOperations(pools: CommandPools = {}, maxLength = 14): fc.Arbitrary<Operation[]> {
  return fc
    .array(fc.record({ command: arbitrarySizedCommand(pools), testOnly: mostlyFalse }), { minLength: 1, maxLength })
    .map((all) => all.map(({ command, testOnly }, index) => operationOf(`op-${index}`, command, { testOnly })));
}

/** Commands of up to 25 steps with lists of up to 45 names. */
export function arbitrarySizedCommand(pools: CommandPools = {}): fc.Arbitrary<Command> {
  const length = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 42 }) });
  return fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: arbitraryCommand(pools) },
        { weight: 1, arbitrary: arbitraryCommand({ ...pools, maxSteps: 25 }) },
      ),
      length,
    )
    .map(([command, more]) => lengthened(command, more));
}

const mostlyFalse = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.boolean() });

/** The command with `more` further names in one list of each step that has any. */
function lengthened(command: Command, more: number): Command {
  const names = Array.from({ length: more }, (_, index) => `extra-${index}`);
  const longer = (value: unknown) => {
    const [list] = isObject(value) ? Object.entries(value).filter(([, field]) => Array.isArray(field)) : [];
    if (!isObject(value) || list === undefined) return value;
    return { ...value, [list[0]]: [list[1], names].flat() };
  };
  const steps = command.do.map((step) => Object.entries(step).map(([name, value]) => [name, longer(value)]));
  return more === 0 ? command : lawful({ ...command, do: steps.map((step) => Object.fromEntries(step)) });
}
