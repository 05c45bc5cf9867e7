/** An operation as the API shows it. */
import * as z from "zod/mini";
import { statusSchema } from "../operation/status.ts";
import type { Read } from "../schema/read.ts";

const optional = z.exactOptional;
/** ISO 8601 in UTC. The client holds these schemas in 40 kB, in which `z.iso` and `z.record` have no room. */
export const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/));
/** A whole number from 0. `z.nonnegative` would be 500 bytes more of the client. */
export const count = z.uint32();

/** What a queued operation is known to wait for; one that has none is being sent, or goes next. */
const waitingSchema = z.object({
  /** When there is a next try: of the operation where it waits on its own account, or of the lane. Absent where nobody can know. */
  until: optional(time),
  reason: z.string(),
  /** Of whom it stands behind: the id. */
  behind: optional(z.string()),
  /** About how many operations stand before it; 1000 means that many or more. */
  ahead: optional(count),
  /** When it is expected to be sent. Absent where nobody can know. */
  expectedAt: optional(time),
});

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** Index of the failed step in the caller's own `do`; absent where Adobe named none. */
  step: optional(z.int()),
  /** False if the operation may have been applied all the same. */
  certain: z.boolean(),
  /** What went wrong and what to do about it; absent from services that were deployed before there were hints. */
  hint: optional(z.string()),
});

export const operationViewSchema = z.object({
  id: z.string(),
  status: statusSchema,
  user: optional(z.string()),
  usergroup: optional(z.string()),
  requestID: optional(z.string()),
  /** The domain of a user that is not an email. Told of a single operation only, as the two that follow. */
  domain: optional(z.string()),
  useAdobeID: optional(z.boolean()),
  /** The steps that were submitted. */
  do: optional(z.array(z.looseObject({}))),
  /** Attempts that counted against the operation; 0 where the first succeeded. */
  attempts: z.int(),
  acceptedAt: time,
  /** The user, role or subject that submitted it; absent where the API names no caller. */
  submittedBy: optional(z.string()),
  /** It is not sent before that. */
  notBefore: optional(time),
  updatedAt: time,
  waiting: optional(waitingSchema),
  /** When, and by whom, it was canceled. */
  canceledAt: optional(time),
  canceledBy: optional(z.string()),
  /** Of a canceled one: false if a part of it was sent before, or may have been applied. */
  certain: optional(z.boolean()),
  /** The id of the operation that removed the person first. */
  supersededBy: optional(z.string()),
  error: optional(errorSchema),
});

export const operationsPageSchema = z.object({
  operations: z.array(operationViewSchema),
  /** Ids of those that would be on the page, and which this version cannot read. */
  unreadable: optional(z.array(z.string())),
  /** Where the next page starts; absent on the last. */
  cursor: optional(z.string()),
});

/** An operation that was queued just now. */
export const queuedSchema = z.object({ id: z.string(), status: z.enum(["queued"]) });

/** One for each command, in the order submitted. */
export const acceptedSchema = z.object({ operations: z.array(queuedSchema) });

/** The ids of a call's operations, by whether they could be canceled. */
export const callCanceledSchema = z.object({ canceled: z.array(z.string()), notCanceled: z.array(z.string()) });

/** How far an erasure has come. */
export const erasedSchema = z.object({
  /** How many operations were erased. */
  erased: count,
  /** Ids of operations that the service cannot read, so that nobody knows whom they name. */
  unreadable: optional(z.array(z.string())),
  /** With which to ask again, until there is none. */
  cursor: optional(z.string()),
});

export type OperationView = Read<typeof operationViewSchema>;
export type Waiting = Read<typeof waitingSchema>;
export type OperationsPage = Read<typeof operationsPageSchema>;
