/** The steps on a user, and all that the service must know about each. Source: UMAPI docs, "Action commands". */
import * as z from "zod/mini";
import type { Read, Within } from "../../schema/read.ts";
import { anyOf, country, email, fields, flag, listOf, membership, option, personName, username } from "../fields.ts";
import { form, optional, optionalList, optionalOption, optionalText, text } from "./form.ts";
import type { UserStepRules, ValuesOf } from "./step-rules.ts";
import { asItIs, ignoringExisting, inTens, unlessAll, whole } from "./values.ts";

const newUser = "an object with the fields of the user to create";

/** Groups of a user by name: user groups, product profiles and admin groups alike, in any of three lists. */
const membershipNames = { group: "group read", product: "group read", productConfiguration: "group read" } as const;

const membershipForm = form({
  group: optionalList,
  product: optionalList,
  productConfiguration: optionalList,
});

const create = {
  kind: "create",
  place: "first",
  cut: whole,
  repeat: ignoringExisting,
  removesPeople: false,
  destroys: {},
} as const;

export const userSteps = {
  addAdobeID: step(
    form({
      email: text,
      country: optionalText,
      firstname: optionalText,
      lastname: optionalText,
      option: optionalOption,
    }),
    fields(newUser, {
      email,
      country: optional(country),
      firstname: optional(personName),
      lastname: optional(personName),
      option: optional(option),
    }),
    {
      ...create,
      root: "email",
      names: { email: "own email", country: "no name", firstname: "no name", lastname: "no name" },
    },
  ),
  createEnterpriseID: step(
    form({
      email: text,
      firstname: text,
      lastname: text,
      country: optionalText,
      option: optionalOption,
    }),
    fields(newUser, {
      email,
      firstname: personName,
      lastname: personName,
      country: optional(country),
      option: optional(option),
    }),
    {
      ...create,
      root: "email",
      names: { email: "own email", firstname: "no name", lastname: "no name", country: "no name" },
    },
  ),
  createFederatedID: step(
    form({ email: text, firstname: text, lastname: text, country: text, option: optionalOption }),
    fields(newUser, {
      email,
      firstname: personName,
      lastname: personName,
      country,
      option: optional(option),
    }),
    {
      ...create,
      root: "any",
      names: { email: "own email", firstname: "no name", lastname: "no name", country: "no name" },
    },
  ),
  update: step(
    form({ email: optionalText, username: optionalText, firstname: optionalText, lastname: optionalText }),
    anyOf(
      fields(
        "an object with the fields to change",
        { email, username, firstname: personName, lastname: personName },
        "a country never changes, and option is for creates",
      ),
    ),
    {
      kind: "other",
      place: "any",
      root: "any",
      names: { email: "new email", username: "new username", firstname: "no name", lastname: "no name" },
      cut: whole,
      repeat: asItIs,
      removesPeople: false,
      destroys: {},
    },
  ),
  add: step(membershipForm, memberships("an object with a list of names in group"), {
    kind: "add",
    place: "any",
    root: "any",
    names: membershipNames,
    cut: inTens(membershipNames),
    repeat: asItIs,
    removesPeople: false,
    destroys: {},
  }),
  remove: step(
    z.union([z.literal("all"), membershipForm]),
    z.union([z.literal("all"), memberships('an object with a list of names in group, or the string "all"')]),
    {
      kind: "other",
      place: "any",
      root: "any",
      names: membershipNames,
      cut: unlessAll(inTens(membershipNames)),
      repeat: asItIs,
      removesPeople: "all",
      destroys: {},
    },
  ),
  removeFromOrg: step(
    form({
      /** Also destroys the account and its assets. Irreversible. */
      deleteAccount: optional(z.boolean()),
    }),
    fields("an object, empty or with deleteAccount", { deleteAccount: optional(flag) }),
    {
      kind: "end",
      place: "last",
      root: "any",
      names: {},
      cut: whole,
      repeat: asItIs,
      removesPeople: true,
      destroys: { deleteAccount: true },
    },
  ),
};

export type UserStepValues = ValuesOf<typeof userSteps>;

function step<Form extends z.core.$ZodType, Takes extends z.core.$ZodType>(
  form: Form,
  takes: Takes & Within<Form, Takes>,
  rules: UserStepRules<Read<Form>>,
) {
  return { form, takes, ...rules };
}

/** `product` is the older name of `productConfiguration`; Adobe takes it with a warning. */
function memberships(expected: string) {
  const names = listOf(membership);
  return anyOf(fields(expected, { group: names, product: names, productConfiguration: names }));
}
