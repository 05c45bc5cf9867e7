import { groupNameAfter, userNameAfter } from "../planning/rename.ts";
import type { Slice, SlicePart } from "../planning/slices.ts";
import type { UserName } from "../umapi/client.ts";
import type { FailedStep } from "../umapi/error-codes.ts";
import { factsOf, hasStep, rootKindOf } from "../umapi/steps/look-up.ts";

/**
 * The failed step, on which the meaning of an error code depends. `rename` is present if this step or a later one
 * renames the root.
 */
export interface FailedOperationStep extends FailedStep {
  readonly rename?: Rename;
}

interface Rename {
  /** Index within the part of the last step that has run once the root has the new name. */
  readonly step: number;
  /** The name that the rename gives a user; absent for a group. */
  readonly newName?: UserName;
}

/**
 * @param part the part of the slice's command that failed
 * @param step index of the failed step within the part, or undefined if Adobe named none
 */
export function failedStep(slice: Slice, part: SlicePart, step: number | undefined): FailedOperationStep {
  const { operation, sources } = part;
  const { command, progress } = operation;
  const failed = command.do[sources[step ?? 0] ?? 0];
  const rename = lastRename(part, step ?? 0);
  const last = command.do.at(-1);
  return {
    kind: failed === undefined ? "other" : factsOf(command, failed).kind,
    root: rootKindOf(command),
    repeated: progress.uncertain,
    created: isCreatedBefore(slice, part, step),
    renames: rename !== undefined,
    endsInRemoval: last !== undefined && factsOf(command, last).kind === "end",
    ...(rename === undefined ? {} : { rename }),
  };
}

/** In test mode nothing is created, so waiting would not help. */
function isCreatedBefore({ parts }: Slice, part: SlicePart, step: number | undefined): boolean {
  const { operation, sources } = part;
  if (operation.testOnly) return false;
  const own = operation.command.do[0];
  const source = sources[step ?? sources.length - 1] ?? 0;
  if (operation.rootCreated || (own !== undefined && factsOf(operation.command, own).kind === "create" && source > 0))
    return true;
  return parts
    .slice(0, parts.indexOf(part))
    .some((earlier) => hasStep(earlier.operation.command, ({ kind }) => kind === "create"));
}

function lastRename({ operation: { command }, sources }: SlicePart, from: number): Rename | undefined {
  for (let step = sources.length - 1; step >= from; step--) {
    const each = command.do[sources[step] ?? -1];
    if (each === undefined) continue;
    if (groupNameAfter(command, each) !== undefined) return { step };
    const newName = userNameAfter(command, each);
    if (newName !== undefined) return { step, newName };
  }
  return undefined;
}
