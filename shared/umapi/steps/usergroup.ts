/** The steps on a user group, as steps/user.ts has those on a user. Source: UMAPI docs, "User group action commands". */
import * as z from "zod/mini";
import type { Read } from "../../schema/read.ts";
import { anyOf, description, fields, listOf, membership, newGroupName, option, user } from "../fields.ts";
import type { UserGroupStepRules, ValuesOf } from "./step-rules.ts";
import { asItIs, ignoringExisting, inTens, whole } from "./values.ts";

const optional = z.exactOptional;

/** Users and product profiles of a user group. */
const memberNames = { user: "user written", productConfiguration: "group read" } as const;

export const userGroupSteps = {
  createUserGroup: step(
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
  updateUserGroup: step(anyOf(fields("an object with the fields to change", { name: newGroupName, description })), {
    kind: "other",
    place: "any",
    names: { name: "new name", description: "no name" },
    cut: whole,
    repeat: asItIs,
    removesPeople: false,
    destroys: {},
  }),
  deleteUserGroup: step(fields("an empty object", {}), {
    kind: "end",
    place: "last",
    names: {},
    cut: whole,
    repeat: asItIs,
    removesPeople: true,
    destroys: {},
  }),
  add: step(members(), {
    kind: "add",
    place: "any",
    names: memberNames,
    cut: inTens(memberNames),
    repeat: asItIs,
    removesPeople: false,
    destroys: {},
  }),
  remove: step(members(), {
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

function step<Schema extends z.core.$ZodType>(takes: Schema, rules: UserGroupStepRules<Read<Schema>>) {
  return { takes, ...rules };
}

function members() {
  return anyOf(
    fields("an object with a list of names in user or productConfiguration", {
      user: listOf(user),
      productConfiguration: listOf(membership),
    }),
  );
}
