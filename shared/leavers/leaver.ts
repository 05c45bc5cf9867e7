import type { Operation } from "../operation/operation.ts";
import { factsOf } from "../umapi/steps/look-up.ts";

/** Whether the operation really removes its user from the organisation, and does nothing else. */
export function isLeaver({ command, testOnly, removalSet }: Operation): boolean {
  const [only, ...others] = command.do;
  if (testOnly || removalSet !== undefined || !("user" in command) || only === undefined || others.length > 0)
    return false;
  return factsOf(command, only).kind === "end";
}
