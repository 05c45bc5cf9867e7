import { valueAt } from "../unchecked.ts";
import { type AnyMarks, type Marked, marked } from "./marks.ts";
import type { StepKind, StepPlace, UserGroupStepText, UserStepText } from "./step-rules.ts";
import { userSteps } from "./user.ts";
import { userGroupSteps } from "./usergroup.ts";

export type Root = "user" | "usergroup";

type StepText = UserStepText | UserGroupStepText;

/** A text in a step that is a name. */
export type NameInStep = Exclude<StepText, "no name">;

/** A text in a step that becomes a name of the root. */
export type NewName = Extract<StepText, `new ${string}`>;

/** What the catalogue says about a step, whatever its value is. */
export interface StepFacts {
  readonly kind: StepKind;
  readonly place: StepPlace;
  /** Whether the step is only for users who are named by an email. */
  readonly needsEmail: boolean;
  /** Where the value has names. */
  readonly names: readonly Marked<NameInStep>[];
  /** Those of them that become a name of the root. */
  readonly newNames: readonly Marked<NewName>[];
  /** Whether the step removes people; or the word that its value must be to do so. */
  readonly removesPeople: boolean | string;
  /** Where the value has flags that destroy an account if they are true. */
  readonly destroys: readonly Marked<true>[];
}

/** The facts of the steps on each root, by the name of the step. */
export const stepFacts: Readonly<Record<Root, ReadonlyMap<string, StepFacts>>> = {
  user: factsIn(userSteps),
  usergroup: factsIn(userGroupSteps),
};

/** The facts of a step of an unchecked command, even if the step belongs on the other root. */
export function factsOfUnchecked(command: unknown, name: string): StepFacts | undefined {
  const { user, usergroup } = stepFacts;
  const [own, other] = valueAt(command, "usergroup") === undefined ? [user, usergroup] : [usergroup, user];
  return own.get(name) ?? other.get(name);
}

interface Entry {
  readonly kind: StepKind;
  readonly place: StepPlace;
  readonly root?: "any" | "email";
  readonly names: AnyMarks<StepText>;
  readonly removesPeople: boolean | string;
  readonly destroys: AnyMarks<boolean>;
}

function factsIn(catalogue: Readonly<Record<string, Entry>>): ReadonlyMap<string, StepFacts> {
  return new Map(
    Object.entries(catalogue).map(([name, { kind, place, root, names, removesPeople, destroys }]) => [
      name,
      {
        kind,
        place,
        needsEmail: root === "email",
        names: marked(names).flatMap(({ path, mark }) => (mark === "no name" ? [] : [{ path, mark }])),
        newNames: marked(names).flatMap(({ path, mark }) => (isNewName(mark) ? [{ path, mark }] : [])),
        removesPeople,
        destroys: marked(destroys).flatMap(({ path, mark }) => (mark ? [{ path, mark }] : [])),
      },
    ]),
  );
}

function isNewName(text: StepText): text is NewName {
  return text.startsWith("new ");
}
