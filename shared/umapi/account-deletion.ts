import { factsOfUnchecked } from "./steps/facts.ts";
import { type Marked, visitMarked } from "./steps/marks.ts";
import { stepsIn } from "./unchecked.ts";

/** A flag of a command that destroys an account and its assets for good. */
export interface AccountDeletion {
  /** Index of its step in `do`. */
  readonly step: number;
  /** From the command to the flag. */
  readonly path: readonly (string | number)[];
}

/** Where a command, checked or not, would destroy an account. */
export function accountDeletionsIn(command: unknown): AccountDeletion[] {
  return stepsIn(command).flatMap(({ index, name, step }) =>
    (factsOfUnchecked(command, name)?.destroys ?? [])
      .filter((flag) => isTrue(step, flag))
      .map(({ path }) => ({ step: index, path: ["do", index, name, ...path] })),
  );
}

function isTrue(step: unknown, flag: Marked<true>): boolean {
  let found = false;
  visitMarked(step, flag, (part) => {
    found ||= part === true;
  });
  return found;
}
