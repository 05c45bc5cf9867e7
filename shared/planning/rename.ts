import type { UserName } from "../umapi/client.ts";
import type { Command, UserGroupStep, UserStep } from "../umapi/command.ts";
import { givenNames } from "../umapi/steps/look-up.ts";

type Step = UserStep | UserGroupStep;

/** Whether the step gives the command's root another name, which later steps and commands must use. */
export function renames(command: Command, step: Step): boolean {
  return givenNames(command, step).length > 0;
}

export function renamesRoot(command: Command): boolean {
  return command.do.some((step) => renames(command, step));
}

/** The command with the name that its root has once `steps` are done. */
export function rootAfter<Root extends Command>(command: Root, steps: readonly Step[]): Root {
  let root = command;
  for (const step of steps) root = { ...root, ...(userNameAfter(root, step) ?? groupNameAfter(root, step)) };
  return root;
}

/**
 * The name by which Adobe knows the user after the step; undefined if the step does not change it, or is on a group.
 */
export function userNameAfter(root: Command, step: Step): UserName | undefined {
  if (!("user" in root)) return undefined;
  const { domain } = root;
  const wanted = domain === undefined ? "new email" : "new username";
  const given = givenNames(root, step).findLast(({ kind }) => kind === wanted);
  if (given === undefined) return undefined;
  return domain === undefined ? { user: given.name } : { user: given.name, domain };
}

/** As `userNameAfter`, for a user group. */
export function groupNameAfter(root: Command, step: Step): { readonly usergroup: string } | undefined {
  if (!("usergroup" in root)) return undefined;
  const given = givenNames(root, step).findLast(({ kind }) => kind === "new name");
  return given === undefined ? undefined : { usergroup: given.name };
}
