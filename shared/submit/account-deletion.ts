import { type Fault, pointerTo } from "../umapi/fault.ts";
import { factsOfUnchecked } from "../umapi/steps/facts.ts";
import { type Marked, visitMarked } from "../umapi/steps/marks.ts";
import { stepsIn } from "../umapi/unchecked.ts";

/** The steps of a command, checked or not, that would destroy an account and its assets for good. */
export function accountDeletions(command: unknown, at: string): Fault[] {
  return stepsIn(command).flatMap(({ index, name, step }) =>
    (factsOfUnchecked(command, name)?.destroys ?? [])
      .filter((flag) => isTrue(step, flag))
      .map(({ path }) => ({
        pointer: pointerTo(at, ["do", index, name, ...path]),
        detail:
          `true, which destroys the account and its assets for good and is not allowed here; leave ${path.at(-1)} out ` +
          "to keep the account, or deploy the stack with allowAccountDeletion",
      })),
  );
}

function isTrue(step: unknown, flag: Marked<true>): boolean {
  let found = false;
  visitMarked(step, flag, (part) => {
    found ||= part === true;
  });
  return found;
}
