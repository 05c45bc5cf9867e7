import type * as z from "zod/mini";
import type { Command } from "./command.ts";
import { type Fault, instead, pointerTo } from "./fault.ts";
import { userCommand, userGroupCommand } from "./roots.ts";
import { brokenRules } from "./rules.ts";
import { isObject } from "./unchecked.ts";

export type CheckedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Checks a JSON value against UMAPI's rules for a command, and reports all faults at once.
 *
 * `do` and the lists in it may have any length, because larger work is sent in slices. Never throws, whatever the value
 * is.
 *
 * @param at the pointer to the command in the body, with which the pointers of its faults begin
 */
export function checkCommand(value: unknown, at = ""): CheckedCommand {
  const hasUser = isObject(value) && Object.hasOwn(value, "user");
  const hasGroup = isObject(value) && Object.hasOwn(value, "usergroup");
  if (hasUser && hasGroup) return refuse([{ pointer: at, detail: "both user and usergroup; expected one of them" }]);
  if (!hasUser && !hasGroup)
    return refuse([{ pointer: at, detail: instead(value, "a command, an object with user or usergroup, and do") }]);
  return hasUser ? checkBy(userCommand, value, at) : checkBy(userGroupCommand, value, at);
}

function checkBy<Root extends Command>(schema: z.ZodMiniType<Root>, value: unknown, at: string): CheckedCommand {
  const parsed = schema.safeParse(value);
  const broken = brokenRules(value, at);
  if (!parsed.success) return refuse([...faultsOf(parsed.error.issues, at), ...broken]);
  return broken.length > 0 ? refuse(broken) : { ok: true, command: parsed.data };
}

const refuse = (faults: readonly Fault[]): CheckedCommand => ({ ok: false, faults });

function faultsOf(issues: readonly z.core.$ZodIssue[], at: string): Fault[] {
  return issues.flatMap((issue) => {
    const pointer = pointerTo(at, issue.path);
    // Only `remove` is a union: of "all" and of an object. The last branch, the object, gives the better message.
    return issue.code === "invalid_union"
      ? faultsOf(issue.errors.at(-1) ?? [], pointer)
      : [{ pointer, detail: issue.message }];
  });
}
