import type { Command, UserGroupStep, UserStep } from "../../shared/umapi/command.ts";

/*
 * The rules of delivery once more, as slowly and plainly as they can be said, to hold the planner against. Nothing here
 * calls what it judges.
 */

type Step = UserStep | UserGroupStep;

/** The steps that these rules have something to say about. */
export const knownSteps = {
  user: ["addAdobeID", "createEnterpriseID", "createFederatedID", "update", "add", "remove", "removeFromOrg"],
  usergroup: ["createUserGroup", "updateUserGroup", "deleteUserGroup", "add", "remove"],
};

/** Whether the order of two commands matters, by comparing every name of the one with every name of the other. */
export function naivelyConflict(one: Command, other: Command): boolean {
  const [a, b] = [namesIn(one), namesIn(other)];
  return a.some((mine) => b.some((theirs) => mine.name === theirs.name && (mine.written || theirs.written)));
}

/** Without regard to letter case, and every accent apart from its letter. */
const plain = (name: string) => name.normalize("NFD").toLowerCase();

/** A name that a command has, and whether it changes what bears it. */
export interface Named {
  readonly name: string;
  readonly written: boolean;
}

export function namesIn(command: Command): Named[] {
  const names: Named[] = [];
  const user = (name: string | undefined) => {
    if (name !== undefined) names.push({ name: `u ${plain(name)}`, written: true });
  };
  const group = (name: string | undefined, written: boolean) => {
    if (name !== undefined) names.push({ name: `g ${plain(name)}`, written });
  };
  const membership = (name: string) => {
    group(name, false);
    for (const prefix of ["_admin_", "_developer_", "_product_admin_"])
      if (name.toLowerCase().startsWith(prefix)) group(name.slice(prefix.length), false);
  };
  for (const step of command.do)
    for (const name of Object.keys(step))
      if (!knownSteps["user" in command ? "user" : "usergroup"].includes(name))
        throw new Error(`The naive rules do not know the step ${name}.`);
  if ("user" in command) {
    user(command.user);
    for (const step of command.do) {
      if ("addAdobeID" in step) user(step.addAdobeID.email);
      if ("createEnterpriseID" in step) user(step.createEnterpriseID.email);
      if ("createFederatedID" in step) user(step.createFederatedID.email);
      if ("update" in step) {
        user(step.update.email);
        user(step.update.username);
      }
      for (const { list, name } of entriesOf(step)) if (list !== "user") membership(name);
    }
  } else {
    group(command.usergroup, true);
    for (const step of command.do) {
      if ("createUserGroup" in step) group(step.createUserGroup.name, true);
      if ("updateUserGroup" in step) group(step.updateUserGroup.name, true);
      for (const { list, name } of entriesOf(step))
        if (list === "user") user(name);
        else membership(name);
    }
  }
  return names;
}

/** The memberships of a step, one by one. */
export function entriesOf(step: Step): { list: string; name: string }[] {
  const lists = "add" in step ? step.add : "remove" in step && step.remove !== "all" ? step.remove : {};
  return Object.entries(lists)
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .flatMap(([list, names]) => [...names].map((name) => ({ list, name })));
}

/** The order in which the lists of one step are cut. Between lists it means nothing to Adobe. */
const order = ["group", "product", "user", "productConfiguration"];

/** Every single thing that a step does, as text. */
export function deedsOf(step: Step): string[] {
  const verb = Object.keys(step).join();
  const entries = entriesOf(step).map(({ list, name }) => `${verb} ${list} ${name}`);
  return entries.length > 0 ? entries : [JSON.stringify(step)];
}

/** Into how many steps Adobe's limit of ten memberships cuts a step. */
export const piecesOf = (step: Step): number => Math.max(1, Math.ceil(entriesOf(step).length / 10));

export const isCreate = (step: Step): boolean =>
  ["addAdobeID", "createEnterpriseID", "createFederatedID", "createUserGroup"].some((name) => name in step);

export const isRemoval = (step: Step): boolean => "removeFromOrg" in step || "deleteUserGroup" in step;

export function isRename(step: Step): boolean {
  if ("update" in step) return step.update.email !== undefined || step.update.username !== undefined;
  return "updateUserGroup" in step && step.updateUserGroup.name !== undefined;
}

/** The root's name once the steps are done, as it is compared. A user's email or username renames it, whichever it goes by. */
export function rootAfterSteps(command: Command, steps: readonly Step[]): string {
  let root = "user" in command ? command.user : command.usergroup;
  const byUsername = "user" in command && command.domain !== undefined;
  for (const step of steps) {
    if ("update" in step) root = (byUsername ? step.update.username : step.update.email) ?? root;
    if ("updateUserGroup" in step) root = step.updateUserGroup.name ?? root;
  }
  return plain(root);
}

/** What a command is on: kind, name, domain and kind of identity. */
export function rootOf(command: Command): string {
  return "user" in command
    ? `user ${plain(command.user)} ${plain(command.domain ?? "")} ${command.useAdobeID ?? false}`
    : `usergroup ${plain(command.usergroup)}`;
}
