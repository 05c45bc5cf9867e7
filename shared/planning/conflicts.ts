import type { Command } from "../umapi/command.ts";
import { foldedName } from "../umapi/folded-name.ts";
import type { NameInStep } from "../umapi/steps/facts.ts";
import { visitNames } from "../umapi/steps/look-up.ts";

/**
 * The names that a command changes (`writes`) and those that it only depends on (`reads`), folded and marked with their
 * kind.
 */
export interface Touches {
  readonly writes: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
}

/**
 * The names that a command touches. It writes its root, every email or username that a step names, and the name that a
 * group is given; it reads the groups that it adds somebody to or removes somebody from.
 *
 * A username is compared without its domain, so two people with one username in two domains count as one. That costs a
 * place in a request and never changes an order.
 */
export function touches(command: Command): Touches {
  return touchesOfAll([command]);
}

/** Whether a command names the user, as its root or in a step. @param user email or username, in any letter case */
export function namesUser(command: Command, user: string): boolean {
  return touches(command).writes.has(userName(user));
}

/** Whether the order of the two matters: one of them writes a name that the other touches. */
export function conflict(one: Touches, other: Touches): boolean {
  return (
    !one.writes.isDisjointFrom(other.writes) ||
    !one.writes.isDisjointFrom(other.reads) ||
    !one.reads.isDisjointFrom(other.writes)
  );
}

/** All names that the commands touch together. */
export function touchesOfAll(commands: readonly Command[]): Touches {
  const names = new Names();
  for (const command of commands) addTouches(command, names);
  return names;
}

function addTouches(command: Command, names: Names): void {
  if ("user" in command) names.writesUser(command.user);
  else names.writesGroup(command.usergroup);
  visitNames(command, (name, kind) => names[touchOf[kind]](name));
}

/** How a command touches a name in one of its steps. */
const touchOf: Readonly<Record<NameInStep, "writesUser" | "writesGroup" | "readsGroup">> = {
  "own email": "writesUser",
  "new email": "writesUser",
  "new username": "writesUser",
  "user written": "writesUser",
  "own name": "writesGroup",
  "new name": "writesGroup",
  "group read": "readsGroup",
};

const ofUsers = "user:";

function userName(name: string): string {
  return ofUsers + foldedName(name);
}

/** Whether a name that is touched is one of a user. */
export function isUser(name: string): boolean {
  return name.startsWith(ofUsers);
}

class Names implements Touches {
  readonly writes = new Set<string>();
  readonly reads = new Set<string>();

  writesUser(name: string): void {
    this.writes.add(userName(name));
  }

  writesGroup(name: string): void {
    this.writes.add(`group:${foldedName(name)}`);
  }

  readsGroup(name: string): void {
    const group = foldedName(name);
    this.reads.add(`group:${group}`);
    // Adobe derives the name of an admin group from the group, profile or product that it administers.
    this.reads.add(`group:${group.replace(/^_(?:admin|developer|product_admin)_/, "")}`);
  }
}
