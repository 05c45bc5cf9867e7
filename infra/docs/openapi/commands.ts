import { eraseBodySchema } from "../../../shared/api/erase-body.ts";
import { removalsBodySchema } from "../../../shared/api/removals.ts";
import { operationRequestSchema, submitBodySchema } from "../../../shared/api/requests.ts";
import { seedBodySchema } from "../../../shared/api/seed-body.ts";
import { maxOperations } from "../../../shared/operation/limits.ts";
import { mostDaysAhead } from "../../../shared/submit/not-before.ts";
import { lawfulUserDo, lawfulUserGroupDo } from "../../../shared/umapi/steps/do.ts";
import { choice, component, plain } from "./component.ts";

const [userOperation, groupOperation] = operationRequestSchema._zod.def.options;
const [, list] = submitBodySchema._zod.def.options;

const ours = {
  requestID: "A mark of your own. Adobe repeats it in errors and warnings.",
  notBefore: `The operation is not sent before that: RFC 3339 with an offset from UTC, at most ${mostDaysAhead} days ahead. A past time has no effect.`,
};
const order = "A create is the first step, and the only create. A step that removes or deletes the root is the last.";

/** What requests may hold. */
export const requestComponents = [
  component("UserOperation", userOperation, `Work on one user: Adobe's own command. ${order}`, {
    user: "An email, or a username together with `domain`. A username has no @.",
    domain: "The domain of a username. Required beside a username, and refused beside an email.",
    useAdobeID: "The user is the Adobe ID with this email, even if another kind of ID has the same email.",
    do: "Its steps, in order. Any number is taken.",
    ...ours,
  }),
  component("UserGroupOperation", groupOperation, `Work on one user group: Adobe's own command. ${order}`, {
    usergroup: "The name of the group. That of a new group does not start with _.",
    do: "Its steps, in order. Any number is taken.",
    ...ours,
  }),
  choice("UserStep", lawfulUserDo._zod.def.in._zod.def.element, "One step on a user: exactly one of these keys.", {
    addAdobeID: "Adds an Adobe ID. Only where `user` is an email.",
    createEnterpriseID: "Creates an Enterprise ID. Only where `user` is an email.",
    createFederatedID: "Creates a Federated ID.",
    update: "Changes at least one of these fields. A new `email` differs from the old one in more than letter case.",
    add: "Adds the user to groups and product profiles.",
    remove: 'Removes the user from groups and product profiles; with `"all"` from all of them.',
    removeFromOrg:
      "Removes the user from the organisation. With `deleteAccount` it also destroys the account and its assets for good, which is refused unless the stack allows it.",
  }),
  choice(
    "UserGroupStep",
    lawfulUserGroupDo._zod.def.in._zod.def.element,
    "One step on a user group: exactly one of these keys.",
    {
      createUserGroup: "Creates the group.",
      updateUserGroup: "Changes at least one of these fields.",
      deleteUserGroup: "Deletes the group.",
      add: "Adds users and product profiles to the group.",
      remove: "Removes users and product profiles from the group.",
    },
  ),
  plain("Operations", list, `1 to ${maxOperations} operations.`),
  component("Erasure", eraseBodySchema, "Whose operations to erase.", {
    user: "The name that operations have: an email or a username.",
    cursor: "The `cursor` of the answer before, unchanged. Absent at first.",
  }),
  component("RemovalSet", removalsBodySchema, "Which removals to release or cancel.", {
    hash: "The `hash` with which `GET /v1/removals` has shown the set.",
  }),
  component("Seeding", seedBodySchema, "Who people are in Adobe, by their records in an HR system.", {
    people: `1 to ${maxOperations} people.`,
  }),
  component(
    "SeededPerson",
    seedBodySchema.shape.people._zod.def.element,
    "Who one person is in Adobe. It has an email or a username.",
    {
      record: "The HR system's own id of the person's record.",
      email: "The person's email in Adobe.",
      username: "The person's username in Adobe, if it is not an email.",
      domain: "The domain of the username.",
    },
  ),
  plain("Submission", submitBodySchema, "One operation, a list of operations, or an object with a list of operations."),
];
