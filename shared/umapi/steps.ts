/** The steps of UMAPI and what each takes. Source: UMAPI docs, "Action commands" and "User group action commands". */
import * as z from "zod/mini";
import {
  anyOf,
  country,
  description,
  email,
  expects,
  fields,
  flag,
  listOf,
  membership,
  newGroupName,
  option,
  personName,
  user,
  username,
} from "./fields.ts";

const optional = z.exactOptional;

const newUser = "an object with the fields of the user to create";

/** The `do` of a command on a user. */
export const userSteps = stepsOf({
  addAdobeID: fields(newUser, {
    email,
    country: optional(country),
    firstname: optional(personName),
    lastname: optional(personName),
    option: optional(option),
  }),
  createEnterpriseID: fields(newUser, {
    email,
    firstname: personName,
    lastname: personName,
    country: optional(country),
    option: optional(option),
  }),
  createFederatedID: fields(newUser, {
    email,
    firstname: personName,
    lastname: personName,
    country,
    option: optional(option),
  }),
  update: anyOf(
    fields(
      "an object with the fields to change",
      { email, username, firstname: personName, lastname: personName },
      "a country never changes, and option is for creates",
    ),
  ),
  add: memberships("an object with a list of names in group"),
  remove: z.union([z.literal("all"), memberships('an object with a list of names in group, or the string "all"')]),
  removeFromOrg: fields("an object, empty or with deleteAccount", { deleteAccount: optional(flag) }),
});

/** The `do` of a command on a user group. */
export const userGroupSteps = stepsOf({
  createUserGroup: fields("an object, empty or with fields of the group to create", {
    name: optional(newGroupName),
    description: optional(description),
    option: optional(option),
  }),
  updateUserGroup: anyOf(fields("an object with the fields to change", { name: newGroupName, description })),
  deleteUserGroup: fields("an empty object", {}),
  add: members(),
  remove: members(),
});

/** `product` is the older name of `productConfiguration`; Adobe takes it with a warning. */
function memberships(expected: string) {
  const names = listOf(membership);
  return anyOf(fields(expected, { group: names, product: names, productConfiguration: names }));
}

function members() {
  return anyOf(
    fields("an object with a list of names in user or productConfiguration", {
      user: listOf(user),
      productConfiguration: listOf(membership),
    }),
  );
}

/** At least one entry, each with exactly one of the keys; any number, because Adobe's limit of ten is met by slices. */
function stepsOf<Shape extends z.core.$ZodShape>(steps: Shape) {
  const expectedEntry = `a step, an object with exactly one of the keys ${Object.keys(steps).join(", ")}`;
  const expectedList = "a list of at least one step";
  const entry = z
    .exactPartial(fields(expectedEntry, steps))
    .check(z.refine((step) => Object.keys(step).length === 1, { ...expects(expectedEntry), when: onlyKnownKeys }));
  return z.array(entry, expects(expectedList)).check(z.minLength(1, expects(expectedList)));
}

/** The number of keys is reported where no unknown key is: one fault for one mistake. */
function onlyKnownKeys({ value, issues }: z.core.ParsePayload): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !issues.some(({ code, path }) => code === "unrecognized_keys" && (path ?? []).length === 0)
  );
}
