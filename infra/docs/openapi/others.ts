import { laneViewSchema } from "../../../shared/api/lane.ts";
import { problemSchema } from "../../../shared/api/problem.ts";
import { removalsDecidedSchema, removalsViewSchema } from "../../../shared/api/removals.ts";
import { maxCountedInLane, maxListedFaults } from "../../../shared/operation/limits.ts";
import { component, utc } from "./component.ts";

const { budget, block, lastHour, paused } = laneViewSchema.shape;
const { errors } = problemSchema.shape;
const { limit } = removalsViewSchema.shape;

/** What answers say of the lane, of held removals, and of requests that are not granted. */
export const otherComponents = [
  component("Lane", laneViewSchema, "The lane: one Adobe credential, its queue and its budget.", {
    lane: "Its name.",
    queued: `Operations that have not ended, parked ones included. ${maxCountedInLane} means that many or more.`,
    parked: "How many of them wait on their own account, by reason; only reasons that there are.",
    oldestAcceptedAt: `When the oldest of them was accepted. ${utc}`,
    budget: "How many action requests may go out, and how many have.",
    block: "Why nothing is sent now, and until when.",
    drainedAt: `When everything that is not parked is expected to have been sent. Absent where there is none, or nobody can know. ${utc}`,
    lastHour: "What the last hour brought, to five minutes.",
    paused: "Present while the lane is paused.",
  }),
  component("Budget", budget, "At most `requests` action requests in any `seconds`.", {
    requests: "The most action requests in any window.",
    seconds: "The length of a window.",
    used: "How many count against it now.",
  }),
  component("Block", block._zod.def.innerType, "A wait of the whole lane.", {
    until: `When it ends. ${utc}`,
    reason: "One of the lane's reasons in `Waiting`.",
  }),
  component("LastHour", lastHour._zod.def.innerType, "What the last hour brought.", {
    succeeded: "How many operations succeeded.",
    failed: "How many operations failed, by error code.",
    throttles: "How often Adobe answered 429.",
  }),
  component("Pause", paused._zod.def.innerType, "Since when, and by whom, a lane is paused.", {
    since: `When it was paused. ${utc}`,
    by: "Who paused it. Absent where the API names no caller.",
  }),
  component(
    "Removals",
    removalsViewSchema,
    "Removals of people, and those that are held because there were too many.",
    {
      limit: "How many removals are taken before further ones are held. Null where there is no limit.",
      counted: "How many were taken in the window that ends now.",
      held: "How many are in the set that is to be released or canceled.",
      hash: "Names that set. Absent where nothing is held.",
      bySubmitter:
        "How many of them each caller has submitted, by `submittedBy`. Those of callers that the API does not name are under an empty name.",
    },
  ),
  component("RemovalLimit", limit._zod.def.innerType, "At most `operations` removals in any `seconds`.", {
    operations: "The most removals in any window. An operation that removes somebody counts as one.",
    seconds: "The length of a window.",
  }),
  component("DecidedRemovals", removalsDecidedSchema, "A set of removals that was released or canceled.", {
    operations: "How many operations the set holds. They follow the decision within minutes.",
  }),
  component("Problem", problemSchema, "Why a request was not granted: problem details (RFC 9457).", {
    type: "Names the kind of problem. Programs compare it; it leads nowhere.",
    title: "The kind of problem in words.",
    status: "The HTTP status.",
    detail: "What is wrong with this request, and how to mend it. It repeats nothing of the request.",
    errors: `What is wrong where in the body; the first ${maxListedFaults}.`,
    moreErrors: "How many more there are than `errors` lists.",
    queued: "Of a request that was queued in part: the ids of what is queued.",
    unfinished: "Of an erasure: the ids of the operations and deliveries that have not ended.",
    notQueued:
      "Of a request that was queued in part: the ids of what is not. A repeat under the same Idempotency-Key gives it the same ids.",
  }),
  component("Fault", errors._zod.def.innerType._zod.def.element, "One thing that is wrong in the body.", {
    pointer: "Where: a JSON pointer (RFC 6901) into the body.",
    detail: "What stands there, what was expected and how to mend it.",
  }),
];
