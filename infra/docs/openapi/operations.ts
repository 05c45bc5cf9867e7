import {
  acceptedSchema,
  callCanceledSchema,
  erasedSchema,
  operationsPageSchema,
  operationViewSchema,
  queuedSchema,
} from "../../../shared/api/operation.ts";
import { ownReasons } from "../../../shared/api/wait-reasons.ts";
import { maxCountedAhead } from "../../../shared/operation/limits.ts";
import { component, utc } from "./component.ts";

const { waiting, error } = operationViewSchema.shape;
const codes = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
const laneReasons = [
  ...["paused", "throttled", "budget", "adobe-unavailable"],
  ...["credentials-refused", "credentials-unreadable"],
];

/** What answers say of operations. */
export const operationComponents = [
  component("Operation", operationViewSchema, "An operation and what became of it.", {
    id: "Its id: the call's name, a hyphen, and its place in the call.",
    status:
      "`queued` until it ends; then `succeeded`, `failed`, `canceled` or `superseded`, for good unless a failed operation is retried. Newer versions may have others: each means that the operation has ended, and neither succeeded nor failed.",
    user: "The user as submitted: an email or a username.",
    usergroup: "The user group as submitted.",
    requestID: "The caller's own mark.",
    domain: "The domain of a user that is not an email. Only for a single operation.",
    useAdobeID: "As submitted. Only for a single operation.",
    do: "The steps as submitted. Only for a single operation.",
    attempts: "Attempts that counted against the operation. 0 where the first succeeded.",
    acceptedAt: `When it was accepted. ${utc}`,
    submittedBy:
      "Who submitted it: an AWS user, a role without its session, or the subject of a token. Absent where the API names no caller.",
    notBefore: `It is not sent before that. ${utc}`,
    updatedAt: `When this last changed. ${utc}`,
    waiting: "Why it waits. Absent if it is being sent, or goes next.",
    canceledAt: `When it was canceled. ${utc}`,
    canceledBy: "Who canceled it.",
    certain: "Of a canceled operation: false if a part of it was sent before, or may have been applied.",
    supersededBy:
      "Of a superseded operation: the id of the one that removed the person first, so that this one was not to be done any more.",
    error: "Why it failed.",
  }),
  component("Waiting", waiting._zod.def.innerType, "Why an operation waits, and for how long.", {
    until: `When the next try is, of the operation or of its lane. Absent where nobody can know. ${utc}`,
    reason: `The operation's own reason comes first: ${codes(ownReasons)}. Then the lane's: ${codes(laneReasons)}. Newer versions may have others.`,
    behind: "The id of the operation that must end first.",
    ahead: `About how many operations stand before it; ${maxCountedAhead} means that many or more. Only for a single operation.`,
    expectedAt: `When it is expected to be sent. Absent where nobody can know. ${utc}`,
  }),
  component("OperationError", error._zod.def.innerType, "Why an operation failed.", {
    code: "Adobe's error code, or one of this service.",
    message: "Adobe's message.",
    step: "Index of the failed step in `do` as submitted. Absent where Adobe named none.",
    certain: "False if the operation may have been applied all the same.",
    hint: "What went wrong and what to do about it, in plain words.",
  }),
  component("OperationsPage", operationsPageSchema, "A page of operations.", {
    operations: "Newest first; those of one call in the order submitted.",
    unreadable: "Ids of operations on this page that only a newer version of the service can read.",
    cursor: "Where the next page starts. Absent on the last.",
  }),
  component("QueuedOperation", queuedSchema, "An operation that was queued just now.", {
    id: "Its id. `GET /v1/operations/{id}` shows what becomes of it.",
    status: "Always `queued`.",
  }),
  component("Accepted", acceptedSchema, "Everything was queued.", {
    operations: "One for each operation of the request, in its order.",
  }),
  component("CanceledCall", callCanceledSchema, "A call's operations, by whether they could be canceled.", {
    canceled: "Ids of those that are canceled now, or were before.",
    notCanceled: "Ids of those that have ended, or are being sent.",
  }),
  component("Erased", erasedSchema, "How far an erasure has come.", {
    erased: "How many operations were erased.",
    unreadable: "Ids of operations that the service cannot read, so that nobody knows whom they name.",
    cursor: "With which to ask again. Absent once everything has been looked at.",
  }),
];
