import type { Example } from "./example.ts";
import { queued } from "./story.ts";

export const joiner = {
  user: "jane.roe@example.com",
  requestID: "hr-1001",
  do: [
    {
      createFederatedID: {
        email: "jane.roe@example.com",
        firstname: "Jane",
        lastname: "Roe",
        country: "GB",
        option: "ignoreIfAlreadyExists",
      },
    },
    { add: { group: ["TestGroup1", "Creative Cloud 1"] } },
  ],
};

const mover = {
  user: "john.doe@example.com",
  do: [
    { remove: { group: ["TestGroup1"] } },
    { add: { group: ["Editors"] } },
    { update: { lastname: "Doe-Roe", email: "john.doe-roe@example.com" } },
  ],
};

const leaver = {
  user: "ann.poe@example.com",
  do: [{ removeFromOrg: {} }],
  notBefore: "2027-01-31T18:00:00+01:00",
};

const newGroup = {
  usergroup: "Editors",
  do: [
    { createUserGroup: { description: "All who edit", option: "ignoreIfAlreadyExists" } },
    { add: { user: ["john.doe@example.com"], productConfiguration: ["Creative Cloud 1"] } },
  ],
};

/** Requests that submit, each with its answer. */
export const submitExamples: readonly Example[] = [
  { name: "joiner", summary: "A joiner gets an account and groups", body: joiner, status: 202, answer: queued(1) },
  { name: "mover", summary: "A mover changes groups and name", body: [mover], status: 202, answer: queued(1) },
  { name: "leaver", summary: "A leaver goes on a day to come", body: leaver, status: 202, answer: queued(1) },
  {
    name: "nightly",
    summary: "A nightly job submits everything at once",
    body: { operations: [newGroup, joiner, mover, leaver] },
    status: 202,
    answer: queued(4),
  },
  {
    name: "usernameAlone",
    summary: "A username without its domain is refused",
    body: { user: "jroe", do: [{ remove: "all" }] },
    status: 422,
    answer: refused("/domain", "nothing, beside a user that is not an email; expected the domain of the username"),
  },
  {
    name: "accountDeletion",
    summary: "What destroys an account is refused, unless the stack allows it",
    body: { user: "ann.poe@example.com", do: [{ removeFromOrg: { deleteAccount: true } }] },
    status: 422,
    answer: refused(
      "/do/0/removeFromOrg/deleteAccount",
      "true, which destroys the account and its assets for good and is not allowed here; leave deleteAccount out to keep the account, or deploy the stack with allowAccountDeletion",
    ),
  },
];

function refused(pointer: string, detail: string): object {
  return {
    type: "urn:problem-type:umapi-workers:against-the-rules",
    status: 422,
    title: "The request is against the rules",
    detail: "One thing is wrong; nothing was queued.",
    errors: [{ pointer, detail }],
  };
}
