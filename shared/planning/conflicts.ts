import type { Command } from "../umapi/command.ts";
import { foldedName } from "../umapi/folded-name.ts";
import type { NameInStep } from "../umapi/steps/facts.ts";
import { visitNames } from "../umapi/steps/look-up.ts";

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
  return touchesOfAll([command]);
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
  const names = new Names();
  for (const command of commands) addTouches(command, names);
  return names;
}

function addTouches(command: Command, names: Names): void {
  if ("user" in command) names.writesUser(command.user);
  else names.writesGroup(command.usergroup);
  visitNames(command, (name, kind) => names[touchOf[kind]](name));
}

/** How a command touches what a step of it names. */
const touchOf: Readonly<Record<NameInStep, "writesUser" | "writesGroup" | "readsGroup">> = {
  "own email": "writesUser",
  "new email": "writesUser",
  "new username": "writesUser",
  "user written": "writesUser",
  "own name": "writesGroup",
  "new name": "writesGroup",
  "group read": "readsGroup",
};

class Names implements Touches {
  readonly writes = new Set<string>();
  readonly reads = new Set<string>();

  writesUser(name: string): void {
    this.writes.add(`user:${foldedName(name)}`);
  }

  writesGroup(name: string): void {
    this.writes.add(`group:${foldedName(name)}`);
  }

  readsGroup(name: string): void {
    const group = foldedName(name);
    this.reads.add(`group:${group}`);
    // Adobe derives its admin groups' names from the group, profile or product that they administer.
    this.reads.add(`group:${group.replace(/^_(?:admin|developer|product_admin)_/, "")}`);
  }
}
