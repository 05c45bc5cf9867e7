import type * as z from "zod/mini";
import type { Command, UserGroupStep, UserStep } from "./command.ts";
import { type Fault, instead, pointerTo } from "./fault.ts";
import { userCommand, userGroupCommand } from "./roots.ts";
import { brokenRules } from "./rules.ts";
import { isObject } from "./unchecked.ts";

export type CheckedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Checks a JSON value against UMAPI's rules for a command, and reports all that is wrong with it at once.
 *
 * `do` and the lists in it may have any length, because larger work is taken and sent in slices. Never throws, whatever
 * the value.
 *
 * @param at the pointer to the command in the body, at the start of the pointers of its faults
 */
export function checkCommand(value: unknown, at = ""): CheckedCommand {
  const hasUser = isObject(value) && Object.hasOwn(value, "user");
  const hasGroup = isObject(value) && Object.hasOwn(value, "usergroup");
  if (hasUser && hasGroup) return refuse([{ pointer: at, detail: "both user and usergroup; expected one of them" }]);
  if (!hasUser && !hasGroup)
    return refuse([{ pointer: at, detail: instead(value, "a command, an object with user or usergroup, and do") }]);
  return hasUser ? checkUserCommand(value, at) : checkUserGroupCommand(value, at);
}

function checkUserCommand(value: unknown, at: string): CheckedCommand {
  const parsed = userCommand.safeParse(value);
  const broken = brokenRules(value, at);
  if (!parsed.success) return refuse([...faultsOf(parsed.error.issues, at), ...broken]);
  if (broken.length > 0) return refuse(broken);
  const entries: readonly Combined<UserStep>[] = parsed.data.do;
  return { ok: true, command: { ...parsed.data, do: entries.filter(isUserStep) } };
}

function checkUserGroupCommand(value: unknown, at: string): CheckedCommand {
  const parsed = userGroupCommand.safeParse(value);
  const broken = brokenRules(value, at);
  if (!parsed.success) return refuse([...faultsOf(parsed.error.issues, at), ...broken]);
  if (broken.length > 0) return refuse(broken);
  const entries: readonly Combined<UserGroupStep>[] = parsed.data.do;
  return { ok: true, command: { ...parsed.data, do: entries.filter(isUserGroupStep) } };
}

const refuse = (faults: readonly Fault[]): CheckedCommand => ({ ok: false, faults });

/** An entry of `do` as its schema types it: any number of steps, although it lets only one pass. */
type Combined<Step> = { readonly [Name in NameOf<Step>]?: Extract<Step, Record<Name, unknown>>[Name] };
type NameOf<Step> = Step extends unknown ? keyof Step : never;

const isUserStep = (entry: Combined<UserStep>): entry is UserStep => Object.keys(entry).length === 1;
const isUserGroupStep = (entry: Combined<UserGroupStep>): entry is UserGroupStep => Object.keys(entry).length === 1;

function faultsOf(issues: readonly z.core.$ZodIssue[], at: string): Fault[] {
  return issues.flatMap((issue) => {
    const pointer = pointerTo(at, issue.path);
    // `remove` alone is a union: of "all", which explains itself, and of the object that its last branch describes.
    return issue.code === "invalid_union"
      ? faultsOf(issue.errors.at(-1) ?? [], pointer)
      : [{ pointer, detail: issue.message }];
  });
}
