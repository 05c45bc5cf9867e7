import fc from "fast-check";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { type NameInStep, type Root, stepFacts } from "../../shared/umapi/steps/facts.ts";
import type { StepPlace } from "../../shared/umapi/steps/step-rules.ts";
import { userSteps } from "../../shared/umapi/steps/user.ts";
import { userGroupSteps } from "../../shared/umapi/steps/usergroup.ts";
import { arbitraryValue, type Choices } from "./arbitrary-values.ts";

export interface CommandPools {
  /** Emails, or usernames without @, that commands share, so that they conflict. */
  readonly users?: readonly string[];
  /** Names of user groups that commands share. */
  readonly groups?: readonly string[];
  /** The most steps of one command, at least 1. @default 4 */
  readonly maxSteps?: number;
}

type Pools = Required<CommandPools>;

const defaults: Pools = {
  users: ["ada@example.com", "ben@example.com", "cleo@example.com", "dora"],
  groups: ["Design", "Print"],
  maxSteps: 4,
};

const profiles = ["Photoshop - 2Gb", "Illustrator"];
/** Texts that are not names. */
const texts = ["Ada", "Ben", "Zoë", "李", "O'Neil 🎈", "US", "DE", "", "All who draw", "Two\nlines"];
const requestID = fc.string({ maxLength: 20, unit: "grapheme-ascii" });

/**
 * Lawful commands on users and user groups, of every step, on few names, so that several of them conflict. What the rules
 * between steps refuse is left out.
 */
export function arbitraryCommand(pools: CommandPools = {}): fc.Arbitrary<Command> {
  const all = { ...defaults, ...pools };
  return fc
    .oneof({ weight: 3, arbitrary: userCommand(all) }, { weight: 1, arbitrary: userGroupCommand(all) })
    .filter(isLawful);
}

/** The value as a command. @throws Error if UMAPI's rules do not let it pass */
export function lawful(value: unknown): Command {
  if (isLawful(value)) return value;
  throw new Error(`This is not a lawful command: ${JSON.stringify(value)}`);
}

const isLawful = (value: unknown): value is Command => checkCommand(value).ok;

function userCommand(pools: Pools): fc.Arbitrary<object> {
  return fc.oneof(...pools.users.map((user) => commandOn(user, pools)));
}

function commandOn(user: string, pools: Pools): fc.Arbitrary<object> {
  const goesByEmail = user.includes("@");
  const named = goesByEmail ? { user } : { user, domain: "example.com" };
  const steps = stepsAt("user", namesFor(goesByEmail ? user : `${user}@example.com`, pools), goesByEmail);
  return fc
    .record({ useAdobeID: fc.boolean(), requestID, do: stepsInOrder(steps, pools.maxSteps) }, { requiredKeys: ["do"] })
    .map((command) => ({ ...named, ...command }));
}

function userGroupCommand(pools: Pools): fc.Arbitrary<object> {
  const steps = stepsAt("usergroup", namesFor("", pools), false);
  return fc.record(
    { usergroup: fc.constantFrom(...pools.groups), requestID, do: stepsInOrder(steps, pools.maxSteps) },
    { requiredKeys: ["usergroup", "do"] },
  );
}

/** What each name in a step may be. */
type Names = Readonly<Record<NameInStep, readonly string[]>>;

function namesFor(ownEmail: string, { users, groups }: Pools): Names {
  const admins = groups.map((name) => `_admin_${name}`);
  return {
    "own email": [ownEmail],
    "new email": [...users.filter((name) => name.includes("@")), "renamed@example.com"],
    "new username": ["renamed", ...users],
    "user written": users,
    "own name": groups,
    "new name": groups,
    "group read": [...groups, ...admins, "_support_admin", ...profiles],
  };
}

/** The steps that the catalogue has for the root, by their place. */
function stepsAt(root: Root, names: Names, goesByEmail: boolean): (place: StepPlace) => fc.Arbitrary<object> {
  const catalogue = root === "user" ? userSteps : userGroupSteps;
  const steps = Object.entries(catalogue).flatMap(([name, { takes }]) => {
    const facts = stepFacts[root].get(name);
    if (facts === undefined || (facts.needsEmail && !goesByEmail)) return [];
    const at = (path: readonly string[]) => JSON.stringify(path);
    const kinds = new Map(facts.names.map(({ path, mark }) => [at(path), mark]));
    const destroying = new Set(facts.destroys.map(({ path }) => at(path)));
    const choices: Choices = {
      texts: (path) => {
        const kind = kinds.get(at(path));
        return kind === undefined ? texts : names[kind];
      },
      flags: (path) => (destroying.has(at(path)) ? [false] : [false, true]),
    };
    return [{ place: facts.place, arbitrary: arbitraryValue(takes, choices).map((value) => ({ [name]: value })) }];
  });
  return (wanted) => fc.oneof(...steps.filter(({ place }) => place === wanted).map(({ arbitrary }) => arbitrary));
}

/** One first step at most; any others; one last step at most; at least one step and at most `maxSteps` in all. */
function stepsInOrder(at: (place: StepPlace) => fc.Arbitrary<object>, maxSteps: number): fc.Arbitrary<object[]> {
  return fc
    .tuple(
      fc.option(at("first"), { nil: undefined }),
      fc.array(at("any"), { maxLength: maxSteps }),
      fc.option(at("last"), { nil: undefined, freq: 3 }),
    )
    .map(([start, steps, end]) => {
      const outer = [start, end].filter((step) => step !== undefined).length;
      const inner = steps.slice(0, Math.max(0, maxSteps - outer));
      return [start, ...inner, end].filter((step) => step !== undefined).slice(0, maxSteps);
    })
    .filter((steps) => steps.length > 0);
}
