import type { Command, Members, Memberships, UserGroupStep, UserStep } from "../umapi/command.ts";
import { foldedName } from "../umapi/folded-name.ts";

/** The names that a command changes and those it merely depends on, folded and marked with their kind. */
export interface Touches {
  readonly writes: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
}

/**
 * The names that a command touches. It writes its root, every email or username that a step names, and the name that a
 * group is given; it reads the groups that it adds somebody to or removes somebody from.
 *
 * A username is compared without its domain: two people with one username in two domains then count as one, which costs
 * a place in a request and never an order.
 */
export function touches(command: Command): Touches {
  const names = new Names();
  if ("user" in command) {
    names.writesUser(command.user);
    for (const step of command.do) userStepTouches(step, names);
  } else {
    names.writesGroup(command.usergroup);
    for (const step of command.do) userGroupStepTouches(step, names);
  }
  return names;
}

/** Whether the order of the two matters: one of them writes what the other touches. */
export function conflict(one: Touches, other: Touches): boolean {
  return (
    !one.writes.isDisjointFrom(other.writes) ||
    !one.writes.isDisjointFrom(other.reads) ||
    !one.reads.isDisjointFrom(other.writes)
  );
}

/** All that the commands touch together. */
export function touchesOfAll(commands: readonly Command[]): Touches {
  const all = commands.map(touches);
  return {
    writes: new Set(all.flatMap(({ writes }) => [...writes])),
    reads: new Set(all.flatMap(({ reads }) => [...reads])),
  };
}

class Names implements Touches {
  readonly writes = new Set<string>();
  readonly reads = new Set<string>();

  writesUser(name: string | undefined): void {
    if (name !== undefined) this.writes.add(`user:${foldedName(name)}`);
  }

  writesGroup(name: string | undefined): void {
    if (name !== undefined) this.writes.add(`group:${foldedName(name)}`);
  }

  readsGroup(name: string): void {
    const group = foldedName(name);
    this.reads.add(`group:${group}`);
    // Adobe derives its admin groups' names from the group, profile or product that they administer.
    this.reads.add(`group:${group.replace(/^_(?:admin|developer|product_admin)_/, "")}`);
  }
}

function userStepTouches(step: UserStep, names: Names): void {
  if ("addAdobeID" in step) names.writesUser(step.addAdobeID.email);
  else if ("createEnterpriseID" in step) names.writesUser(step.createEnterpriseID.email);
  else if ("createFederatedID" in step) names.writesUser(step.createFederatedID.email);
  else if ("update" in step) {
    names.writesUser(step.update.email);
    names.writesUser(step.update.username);
  } else if ("add" in step) membershipsTouch(step.add, names);
  else if ("remove" in step && step.remove !== "all") membershipsTouch(step.remove, names);
}

function membershipsTouch(memberships: Memberships, names: Names): void {
  for (const list of [memberships.group, memberships.product, memberships.productConfiguration])
    for (const name of list ?? []) names.readsGroup(name);
}

function userGroupStepTouches(step: UserGroupStep, names: Names): void {
  if ("createUserGroup" in step) names.writesGroup(step.createUserGroup.name);
  else if ("updateUserGroup" in step) names.writesGroup(step.updateUserGroup.name);
  else if ("add" in step) membersTouch(step.add, names);
  else if ("remove" in step) membersTouch(step.remove, names);
}

function membersTouch(members: Members, names: Names): void {
  for (const name of members.user ?? []) names.writesUser(name);
  for (const name of members.productConfiguration ?? []) names.readsGroup(name);
}
