import type { RouteName } from "../../../../shared/api/routes.ts";
import type { Example } from "./example.ts";
import { exampleHash, exampleHeld, exampleId, exampleLeaver, exampleTime } from "./story.ts";
import { joiner, submitExamples } from "./submit.ts";

const { do: steps, ...named } = joiner;
const times = { acceptedAt: exampleTime, updatedAt: exampleTime };
const waiting = { id: exampleId, status: "queued", ...named, attempts: 0, ...times };
const failed = {
  ...waiting,
  status: "failed",
  do: steps,
  error: {
    code: "error.group.not_found",
    message: "Group TestGroup1 was not found",
    step: 1,
    certain: true,
    hint: "There is no user group or product profile with one of these names. The whole list was refused: compare every name with the Admin Console, letter by letter. If one is missing, create it, then retry.",
  },
};
const superseded = { ...waiting, status: "superseded", do: steps, supersededBy: exampleLeaver };
const lane = {
  lane: "default",
  queued: 1,
  parked: {},
  oldestAcceptedAt: exampleTime,
  budget: { requests: 10, seconds: 60, used: 0 },
  lastHour: { succeeded: 0, failed: {}, throttles: 0 },
};
const flowing = { ...lane, drainedAt: exampleTime };
const limit = { operations: 100, seconds: 3600 };
const decided = (name: string, summary: string) => ({
  ...{ name, summary },
  body: { hash: exampleHash },
  status: 200,
  answer: { operations: exampleHeld },
});
const anotherSet = {
  name: "another",
  summary: "The hash names no set that waits",
  body: { hash: "000000000000" },
  status: 409,
  answer: {
    type: "urn:problem-type:umapi-workers:another-set",
    status: 409,
    title: "The hash names another set of removals",
    detail:
      "The hash names no set of held removals that waits for this. Look at them (GET /v1/removals), and decide about what is shown.",
  },
};

/** The examples of each route. Those that submit need nothing before them; the others follow the joiner. */
export const examples: Readonly<Record<RouteName, readonly Example[]>> = {
  submit: submitExamples,
  list: [{ name: "page", summary: "One operation waits", status: 200, answer: { operations: [waiting] } }],
  operation: [
    { name: "queued", summary: "It goes next", status: 200, answer: { ...waiting, do: steps } },
    { name: "failed", summary: "Adobe refused a step", status: 200, answer: failed },
    { name: "superseded", summary: "The person was removed first", status: 200, answer: superseded },
  ],
  retry: [
    { name: "retried", summary: "It had failed", status: 202, answer: { id: exampleId, status: "queued" } },
    {
      name: "queued",
      summary: "It has not failed",
      status: 409,
      answer: {
        type: "urn:problem-type:umapi-workers:not-failed",
        status: 409,
        title: "The operation has not failed",
        detail: "Only an operation that has failed can be retried.",
      },
    },
    {
      name: "superseded",
      summary: "The person was removed first",
      status: 409,
      answer: {
        type: "urn:problem-type:umapi-workers:not-failed",
        status: 409,
        title: "The operation has not failed",
        detail: `The operation has not failed: ${exampleLeaver} removed the person first. To do it all the same, submit it again.`,
      },
    },
  ],
  cancel: [
    {
      name: "canceled",
      summary: "Nothing of it had been sent",
      status: 200,
      answer: { ...waiting, status: "canceled", do: steps, canceledAt: exampleTime, certain: true },
    },
    {
      name: "failed",
      summary: "It had failed before",
      status: 409,
      answer: {
        type: "urn:problem-type:umapi-workers:ended",
        status: 409,
        title: "The operation has ended",
        detail: "The operation has ended before: it is failed.",
      },
    },
  ],
  cancelCall: [
    {
      name: "canceled",
      summary: "Its one operation is canceled",
      status: 200,
      answer: { canceled: [exampleId], notCanceled: [] },
    },
  ],
  erase: [
    {
      name: "erased",
      summary: "One operation named the person",
      body: { user: "jane.roe@example.com" },
      status: 200,
      answer: { erased: 1 },
    },
    {
      name: "unfinished",
      summary: "An operation has not ended",
      body: { user: "Jane.Roe@example.com" },
      status: 409,
      answer: {
        type: "urn:problem-type:umapi-workers:unfinished",
        status: 409,
        title: "Operations have not ended",
        detail:
          "Operations or deliveries of webhooks that name this person have not ended. Cancel operations, or wait until all have ended, then ask again.",
        unfinished: [exampleId],
      },
    },
  ],
  lane: [{ name: "waiting", summary: "One operation waits", status: 200, answer: flowing }],
  pause: [{ name: "paused", summary: "From now on", status: 200, answer: { ...lane, paused: { since: exampleTime } } }],
  resume: [{ name: "waiting", summary: "It is not paused", status: 200, answer: flowing }],
  removals: [
    {
      name: "none",
      summary: "Nothing is held",
      status: 200,
      answer: { limit, counted: 0, held: 0, bySubmitter: {} },
    },
    {
      name: "held",
      summary: "Nobody is named who has asked for those above the limit",
      status: 200,
      answer: { limit, counted: 100, held: exampleHeld, hash: exampleHash, bySubmitter: { "": exampleHeld } },
    },
  ],
  releaseRemovals: [decided("released", "They were meant"), anotherSet],
  cancelRemovals: [decided("canceled", "They were a mistake"), anotherSet],
  deliveries: [{ name: "none", summary: "Nothing has failed", status: 200, answer: { deliveries: [] } }],
  retryDelivery: [
    {
      name: "unknown",
      summary: "There is no such delivery",
      status: 404,
      answer: {
        type: "urn:problem-type:umapi-workers:not-found",
        status: 404,
        title: "There is no such thing",
        detail: "There is no delivery with this id, or it is no longer kept.",
      },
    },
  ],
  seed: [
    {
      name: "seeded",
      summary: "Nothing was known of either",
      body: {
        people: [
          { record: "5", email: "jane.roe@example.com" },
          { record: "6", username: "jroe", domain: "example.com" },
        ],
      },
      status: 200,
      answer: { seeded: 2, known: 0 },
    },
  ],
  openapi: [],
};
