import type { Command } from "../command.ts";
import { type NameInStep, type NewName, type Root, type StepFacts, stepFacts } from "./facts.ts";
import { visitMarked } from "./marks.ts";

type Step = Command["do"][number];

export function rootKindOf(command: Command): Root {
  return "user" in command ? "user" : "usergroup";
}

/** What the catalogue says about a step of the command. @throws TypeError if it has no such step */
export function factsOf(command: Command, step: Step): StepFacts {
  return entryOf(command, step).facts;
}

/** Whether the command has a step whose facts match. */
export function hasStep(command: Command, isMeant: (facts: StepFacts) => boolean): boolean {
  return command.do.some((step) => isMeant(factsOf(command, step)));
}

/** Whether the command removes people from the organisation or from all their groups, or deletes their group. */
export function removesPeople(command: Command): boolean {
  return command.do.some((step) => {
    const { facts, value } = entryOf(command, step);
    return facts.removesPeople === true || facts.removesPeople === value;
  });
}

/** Visits every name in the steps of the command. */
export function visitNames(command: Command, visit: (name: string, kind: NameInStep) => void): void {
  const visitText = (part: unknown, kind: NameInStep) => {
    if (typeof part === "string") visit(part, kind);
  };
  for (const step of command.do) {
    const { facts, value } = entryOf(command, step);
    for (const name of facts.names) visitMarked(value, name, visitText);
  }
}

/** A name that a step gives its root. */
export interface GivenName {
  readonly kind: NewName;
  readonly name: string;
}

export function givenNames(command: Command, step: Step): readonly GivenName[] {
  const { facts, value } = entryOf(command, step);
  const given: GivenName[] = [];
  for (const name of facts.newNames)
    visitMarked(value, name, (part, kind) => {
      if (typeof part === "string") given.push({ kind, name: part });
    });
  return given;
}

function entryOf(
  command: Command,
  step: Readonly<Record<string, unknown>>,
): { readonly facts: StepFacts; readonly value: unknown } {
  for (const name in step) {
    const facts = stepFacts[rootKindOf(command)].get(name);
    if (facts !== undefined) return { facts, value: step[name] };
  }
  throw new TypeError("The catalogue has no such step.");
}
