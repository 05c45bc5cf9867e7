import type {
  deliveriesQuerySchema,
  listQuerySchema,
  retryQuerySchema,
  submitQuerySchema,
} from "../../../shared/api/queries.ts";
import type { RouteName } from "../../../shared/api/routes.ts";
import { maxBodyBytes, maxOperationBytes, maxOperations } from "../../../shared/operation/limits.ts";

export interface RouteWords {
  readonly tag: "Operations" | "Calls" | "People" | "Lane" | "Removals" | "Webhooks" | "Description";
  readonly summary: string;
  readonly description: string;
  /** Of the answer when all is well. */
  readonly answer: string;
  /** What each query parameter is. */
  readonly query?: Readonly<Record<string, string>>;
}

type WordsOf<Schema extends { readonly shape: object }> = { readonly [Name in keyof Schema["shape"]]: string };

const submitQuery: WordsOf<typeof submitQuerySchema> = {
  testOnly: "With `true` Adobe checks the operations and changes nothing.",
};
const retryQuery: WordsOf<typeof retryQuerySchema> = {
  confirm: "With `true` the operation is retried even if newer work on the same user or group has succeeded, or waits.",
};
const listQuery: WordsOf<typeof listQuerySchema> = {
  status: "Only operations of this status.",
  user: "Only operations on this user: an email or a username, in any letter case.",
  waiting: "Only operations that wait for this reason on their own account.",
  call: "Only the operations of this call: what their ids have before the hyphen.",
  limit: "The most operations on a page.",
  cursor: "The `cursor` of the page before, unchanged.",
};

const deliveriesQuery: WordsOf<typeof deliveriesQuerySchema> = {
  source: "Only deliveries of this source.",
  status: "Only deliveries of this status.",
  limit: "The most deliveries on a page.",
  cursor: "The `cursor` of the page before, unchanged.",
};

/** What the description says of each route. */
export const routeWords: Readonly<Record<RouteName, RouteWords>> = {
  submit: {
    tag: "Operations",
    summary: "Submit operations",
    description: `Queues 1 to ${maxOperations} operations. At most ${maxBodyBytes / 1024} KiB together and ${maxOperationBytes / 1024} KiB each, as compact JSON. Content types of the form \`application/…+json\` are taken too; compressed bodies are not.`,
    answer: "Everything is queued.",
    query: submitQuery,
  },
  list: {
    tag: "Operations",
    summary: "List operations",
    description: "The operations that all filters match, page by page.",
    answer: "A page of operations, perhaps an empty one.",
    query: listQuery,
  },
  operation: {
    tag: "Operations",
    summary: "Show an operation",
    description: "What became of an operation, or why it waits.",
    answer: "The operation.",
  },
  retry: {
    tag: "Operations",
    summary: "Retry a failed operation",
    description: "Queues the steps that are not known to be done. No body is needed.",
    answer: "The operation is queued.",
    query: retryQuery,
  },
  cancel: {
    tag: "Operations",
    summary: "Cancel an operation",
    description: "Nothing of the operation is sent from then on. May be repeated. No body is needed.",
    answer: "The operation, canceled.",
  },
  cancelCall: {
    tag: "Calls",
    summary: "Cancel a call's operations",
    description: "Cancels every operation of a call that has not ended and is not being sent. No body is needed.",
    answer: "The ids, by whether they could be canceled.",
  },
  erase: {
    tag: "People",
    summary: "Erase what is kept about a person",
    description:
      "Erases every operation on the person that has ended. Nothing is erased while an operation that names the person has not.",
    answer: "How many operations are erased. With a `cursor`, ask again.",
  },
  lane: {
    tag: "Lane",
    summary: "Show the lane",
    description: "How many operations wait and why, when the backlog will be done, and what the last hour brought.",
    answer: "The lane.",
  },
  pause: {
    tag: "Lane",
    summary: "Pause the lane",
    description: "Sends nothing to Adobe until the lane is resumed. May be repeated. No body is needed.",
    answer: "The lane, paused.",
  },
  resume: {
    tag: "Lane",
    summary: "Resume the lane",
    description:
      "Ends a pause, and the wait after an outage or refused credentials, but not Adobe's own throttle. May be repeated. No body is needed.",
    answer: "The lane.",
  },
  removals: {
    tag: "Removals",
    summary: "Show held removals",
    description:
      "How many removals of people count against the limit, and the set of those above it that is to be released or canceled. The set is closed once it is shown: what is held later belongs to the next one. `GET /v1/operations?waiting=removal-limit` lists the operations.",
    answer: "The limit, and the set if there is one.",
  },
  releaseRemovals: {
    tag: "Removals",
    summary: "Release held removals",
    description: "Lets the operations of the set go that was shown with this hash. Later ones stay.",
    answer: "How many operations the set holds.",
  },
  cancelRemovals: {
    tag: "Removals",
    summary: "Cancel held removals",
    description:
      "Cancels the operations of the set that was shown with this hash. Nothing of them is sent from then on. Later ones stay.",
    answer: "How many operations the set holds.",
  },
  deliveries: {
    tag: "Webhooks",
    summary: "List deliveries",
    description:
      "What webhooks of HR systems say of one record each, from new to old, and what became of it. Only where the stack has sources.",
    answer: "A page of deliveries, perhaps an empty one.",
    query: deliveriesQuery,
  },
  retryDelivery: {
    tag: "Webhooks",
    summary: "Retry a delivery",
    description: "Reads and maps the record once more. No body is needed. Only where the stack has sources.",
    answer: "The delivery is queued.",
  },
  seed: {
    tag: "Webhooks",
    summary: "Say who people are",
    description:
      "Tells who in Adobe the records of an HR system are, from an export of it, for everybody hired before the first webhook. What is known already stays. Only where the stack has sources.",
    answer: "How many were not known before, and how many were.",
  },
  openapi: {
    tag: "Description",
    summary: "Show this description",
    description: "What this API takes and answers, by OpenAPI 3.1.",
    answer: "This document.",
  },
};
