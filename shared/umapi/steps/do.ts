/** The `do` of a command: by UMAPI's rules (`userDo` and its like), and by its form alone. */
import * as z from "zod/mini";
import { expects, fields } from "../fields.ts";
import { onUser, onUserGroup } from "./by-value.ts";
import { isOneStep, type StepOf, type StepsByName } from "./step-rules.ts";
import { type UserStepValues, userSteps } from "./user.ts";
import { type UserGroupStepValues, userGroupSteps } from "./usergroup.ts";

const lawfulUserList = lawfulList(userSteps);
const lawfulUserGroupList = lawfulList(userGroupSteps);
const userList = anyList(userSteps);
const userGroupList = anyList(userGroupSteps);

export const lawfulUserDo = z.pipe(
  lawfulUserList,
  z.transform((steps: z.output<typeof lawfulUserList>) => single<UserStepValues>(steps)),
);

export const lawfulUserGroupDo = z.pipe(
  lawfulUserGroupList,
  z.transform((steps: z.output<typeof lawfulUserGroupList>) => single<UserGroupStepValues>(steps)),
);

// A step that is cut into no parts would never be done.
export const userDo = z
  .pipe(
    userList,
    z.transform((steps: z.output<typeof userList>) => single<UserStepValues>(steps)),
  )
  .check(z.refine((steps) => steps.every((step) => onUser.cut(step).length > 0)));

export const userGroupDo = z
  .pipe(
    userGroupList,
    z.transform((steps: z.output<typeof userGroupList>) => single<UserGroupStepValues>(steps)),
  )
  .check(z.refine((steps) => steps.every((step) => onUserGroup.cut(step).length > 0)));

/** The entries that have one step each. All have, unless the check before has reported a fault. */
function single<Values>(entries: readonly StepsByName<Values>[]): readonly StepOf<Values>[] {
  return entries.filter(isOneStep<Values>);
}

type Catalogue<Part extends string> = Readonly<Record<string, Readonly<Record<Part, z.core.$ZodType>>>>;

/**
 * A list of at least one entry, each with exactly one of the keys. Any number is allowed, because slices keep Adobe's
 * limit of ten.
 */
function lawfulList<Steps extends Catalogue<"takes">>(catalogue: Steps) {
  const expectedEntry = `a step, an object with exactly one of the keys ${Object.keys(catalogue).join(", ")}`;
  const expectedList = "a list of at least one step";
  const entry = z
    .exactPartial(fields(expectedEntry, shapeOf(catalogue, "takes")))
    .check(z.refine(hasOneKey, { ...expects(expectedEntry), when: onlyKnownKeys }));
  return z.array(entry, expects(expectedList)).check(z.minLength(1, expects(expectedList)));
}

/** As `lawfulList`, but without rules for the fields of the steps. */
function anyList<Steps extends Catalogue<"form">>(catalogue: Steps) {
  const entry = z.exactPartial(z.strictObject(shapeOf(catalogue, "form"))).check(z.refine(hasOneKey));
  return z.array(entry).check(z.minLength(1));
}

function hasOneKey(entry: object): boolean {
  return Object.keys(entry).length === 1;
}

function shapeOf<Part extends string, Steps extends Catalogue<Part>>(
  catalogue: Steps,
  part: Part,
): { readonly [Name in keyof Steps]: Steps[Name][Part] } {
  const shape = Object.fromEntries(Object.entries(catalogue).map(([name, step]) => [name, step[part]]));
  // The type of Object.fromEntries does not tell which name has which schema.
  return shape as { [Name in keyof Steps]: Steps[Name][Part] };
}

/** The number of keys is reported only if no key is unknown, so that one mistake gives one fault. */
function onlyKnownKeys({ value, issues }: z.core.ParsePayload): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !issues.some(({ code, path }) => code === "unrecognized_keys" && (path ?? []).length === 0)
  );
}
