import type * as z from "zod/mini";
import type { Read } from "../../schema/read.ts";
import type { Marks } from "./marks.ts";

/** What a step does to its root. Delivery and the meaning of error codes depend on it. */
export type StepKind =
  /** It creates the root. */
  | "create"
  /** It adds memberships, so that Adobe may find them there already. */
  | "add"
  /** It removes the root: nothing finds it afterwards. */
  | "end"
  | "other";

/** Where in the `do` of a command Adobe takes a step. */
export type StepPlace = "first" | "last" | "any";

/** What a text in a step on a user is. */
export type UserStepText =
  /** The email of the root, as its create gives it. */
  | "own email"
  /** The new email of the root. A root that is named by its email has this name from then on. */
  | "new email"
  /** The new username of the root. A root that is named by its username has this name from then on. */
  | "new username"
  | NameOfAnother;

/** What a text in a step on a user group is. */
export type UserGroupStepText =
  /** The name of the root, as its create gives it. */
  | "own name"
  /** The new name of the root. */
  | "new name"
  | NameOfAnother;

type NameOfAnother =
  /** The email or username of a user whom the step changes. */
  | "user written"
  /** The name of a group or product profile that must be there, and that the step leaves as it is. */
  | "group read"
  | "no name";

/** All that the service must know about a step whose value has the type `Value`. */
export interface StepRules<Value, Text> {
  readonly kind: StepKind;
  readonly place: StepPlace;
  /** What each text in the value is. Order and renames follow from it. */
  readonly names: Marks<Value, string, Text>;
  /** The value cut to what Adobe takes in one step. The same value always gives the same values, in the same order. */
  readonly cut: (value: Value) => readonly Value[];
  /** The value to send if an earlier send may have been applied. */
  readonly repeat: (value: Value) => Value;
  /**
   * Whether the step removes people from the organisation or from all their groups, or deletes their group; or the word
   * that the value must be to do so.
   */
  readonly removesPeople: boolean | Extract<Value, string>;
  /** For each flag in the value: whether `true` destroys an account and its assets for good. */
  readonly destroys: Marks<Value, boolean, boolean>;
}

export interface UserStepRules<Value> extends StepRules<Value, UserStepText> {
  /** Whether the step may be on a user who is named by a username, or only on one who is named by an email. */
  readonly root: "any" | "email";
}

export type UserGroupStepRules<Value> = StepRules<Value, UserGroupStepText>;

/** The values of the steps in a catalogue, by the step's name. */
export type ValuesOf<Catalogue extends Readonly<Record<string, { readonly form: z.core.$ZodType }>>> = {
  readonly [Name in keyof Catalogue]: Read<Catalogue[Name]["form"]>;
};

/** A step: an object with exactly one key, its name. */
export type StepOf<Values> = {
  readonly [Name in keyof Values]: { readonly [Key in Name]: Values[Key] };
}[keyof Values];

/** Any number of steps in one object. */
export type StepsByName<Values> = { readonly [Name in keyof Values]?: Values[Name] };

/** The object as the one step that it holds. @throws TypeError if it holds none or several */
export function oneStep<Values>(steps: StepsByName<Values>): StepOf<Values> {
  if (isOneStep<Values>(steps)) return steps;
  throw new TypeError("A step has exactly one key.");
}

export function isOneStep<Values>(steps: StepsByName<Values>): steps is StepsByName<Values> & StepOf<Values> {
  return Object.keys(steps).length === 1;
}
