/**
 * The steps on a user group, like those on a user in steps/user.ts. Source: UMAPI docs, "User group action commands".
 */
import type * as z from "zod/mini";
import type { Read, Within } from "../../schema/read.ts";
import { anyOf, description, fields, listOf, membership, newGroupName, option, user } from "../fields.ts";
import { form, optional, optionalList, optionalOption, optionalText } from "./form.ts";
import type { UserGroupStepRules, ValuesOf } from "./step-rules.ts";
import { asItIs, ignoringExisting, inTens, whole } from "./values.ts";

/** Users and product profiles of a user group. */
const memberNames = { user: "user written", productConfiguration: "group read" } as const;

const memberForm = form({ user: optionalList, productConfiguration: optionalList });

export const userGroupSteps = {
  createUserGroup: step(
    form({ name: optionalText, description: optionalText, option: optionalOption }),
    fields("an object, empty or with fields of the group to create", {
      name: optional(newGroupName),
      description: optional(description),
      option: optional(option),
    }),
    {
      kind: "create",
      place: "first",
      names: { name: "own name", description: "no name" },
      cut: whole,
      repeat: ignoringExisting,
      removesPeople: false,
      destroys: {},
    },
  ),
  updateUserGroup: step(
    form({ name: optionalText, description: optionalText }),
    anyOf(fields("an object with the fields to change", { name: newGroupName, description })),
    {
      kind: "other",
      place: "any",
      names: { name: "new name", description: "no name" },
      cut: whole,
      repeat: asItIs,
      removesPeople: false,
      destroys: {},
    },
  ),
  deleteUserGroup: step(form({}), fields("an empty object", {}), {
    kind: "end",
    place: "last",
    names: {},
    cut: whole,
    repeat: asItIs,
    removesPeople: true,
    destroys: {},
  }),
  add: step(memberForm, members(), {
    kind: "add",
    place: "any",
    names: memberNames,
    cut: inTens(memberNames),
    repeat: asItIs,
    removesPeople: false,
    destroys: {},
  }),
  remove: step(memberForm, members(), {
    kind: "other",
    place: "any",
    names: memberNames,
    cut: inTens(memberNames),
    repeat: asItIs,
    removesPeople: false,
    destroys: {},
  }),
};

export type UserGroupStepValues = ValuesOf<typeof userGroupSteps>;

function step<Form extends z.core.$ZodType, Takes extends z.core.$ZodType>(
  form: Form,
  takes: Takes & Within<Form, Takes>,
  rules: UserGroupStepRules<Read<Form>>,
) {
  return { form, takes, ...rules };
}

function members() {
  return anyOf(
    fields("an object with a list of names in user or productConfiguration", {
      user: listOf(user),
      productConfiguration: listOf(membership),
    }),
  );
}
