/** The `do` of a command, as UMAPI's rules want it. */
import * as z from "zod/mini";
import { expects, fields } from "../fields.ts";
import { isOneStep, type StepOf, type StepsByName } from "./step-rules.ts";
import { type UserStepValues, userSteps } from "./user.ts";
import { type UserGroupStepValues, userGroupSteps } from "./usergroup.ts";

const userList = listOfSteps(userSteps);
const userGroupList = listOfSteps(userGroupSteps);

export const userDo = z.pipe(
  userList,
  z.transform((steps: z.output<typeof userList>) => single<UserStepValues>(steps)),
);

export const userGroupDo = z.pipe(
  userGroupList,
  z.transform((steps: z.output<typeof userGroupList>) => single<UserGroupStepValues>(steps)),
);

/** The entries that are one step each: all of them, unless the check before has reported a fault. */
function single<Values>(entries: readonly StepsByName<Values>[]): readonly StepOf<Values>[] {
  return entries.filter(isOneStep<Values>);
}

type Catalogue = Readonly<Record<string, { readonly takes: z.core.$ZodType }>>;

/** At least one entry, each with exactly one of the keys; any number, because Adobe's limit of ten is met by slices. */
function listOfSteps<Steps extends Catalogue>(catalogue: Steps) {
  const expectedEntry = `a step, an object with exactly one of the keys ${Object.keys(catalogue).join(", ")}`;
  const expectedList = "a list of at least one step";
  const entry = z
    .exactPartial(fields(expectedEntry, shapeOf(catalogue)))
    .check(z.refine((step) => Object.keys(step).length === 1, { ...expects(expectedEntry), when: onlyKnownKeys }));
  return z.array(entry, expects(expectedList)).check(z.minLength(1, expects(expectedList)));
}

function shapeOf<Steps extends Catalogue>(catalogue: Steps): { readonly [Name in keyof Steps]: Steps[Name]["takes"] } {
  const shape = Object.fromEntries(Object.entries(catalogue).map(([name, { takes }]) => [name, takes]));
  // The type of Object.fromEntries does not know which name has which schema.
  return shape as { [Name in keyof Steps]: Steps[Name]["takes"] };
}

/** The number of keys is reported where no unknown key is: one fault for one mistake. */
function onlyKnownKeys({ value, issues }: z.core.ParsePayload): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !issues.some(({ code, path }) => code === "unrecognized_keys" && (path ?? []).length === 0)
  );
}
