import type { UserName } from "../umapi/client.ts";
import type { Command, UpdateUser, UserGroupStep, UserStep } from "../umapi/command.ts";

/** After a rename the root has another name, and what follows must be addressed to that. */
export function renames(step: UserStep | UserGroupStep): boolean {
  if ("update" in step) return step.update.email !== undefined || step.update.username !== undefined;
  return "updateUserGroup" in step && step.updateUserGroup.name !== undefined;
}

/** The command with its root as it is called once `steps` are done on it. */
export function rootAfter<Root extends Command>(command: Root, steps: readonly (UserStep | UserGroupStep)[]): Root {
  let root = command;
  for (const step of steps) {
    if ("updateUserGroup" in step && "usergroup" in root)
      root = { ...root, usergroup: step.updateUserGroup.name ?? root.usergroup };
    else root = { ...root, ...userNameAfter(root, step) };
  }
  return root;
}

/** The name by which Adobe knows the root after the step, or undefined if the step leaves it as it was. */
export function userNameAfter(root: Command, step: UserStep | UserGroupStep): UserName | undefined {
  if (!("user" in root) || !("update" in step)) return undefined;
  const { email, username }: UpdateUser = step.update;
  if (root.domain !== undefined) return username === undefined ? undefined : { user: username, domain: root.domain };
  return email === undefined ? undefined : { user: email };
}
