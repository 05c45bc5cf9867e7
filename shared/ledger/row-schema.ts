import * as z from "zod/mini";
import { parkedSchema } from "../operation/parked.ts";
import { placeSchema } from "../operation/place.ts";
import { progressSchema } from "../operation/progress.ts";
import { operationIdSchema, operationSchema } from "../operation/schema.ts";
import { statusSchema } from "../operation/status.ts";

export const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** Index of the failed step in the caller's `do`. */
  step: z.exactOptional(z.number()),
  /** False if the operation may have been applied all the same. */
  certain: z.boolean(),
});

/** Somebody is about to cancel the operation. A dispatcher that sees this does not send it. */
export const intentSchema = z.object({
  /** A new unique key for each cancel. */
  owner: z.string(),
  /** When it was left, in milliseconds since the epoch. */
  at: z.number(),
});

/** The newest version of a row's form that this code can read, and the one that it writes. */
export const rowVersion = 1;

/**
 * What the ledger keeps of one operation. All times are milliseconds since the epoch. Fields that only a newer version knows
 * are kept.
 */
export const rowSchema = z.looseObject({
  operation: operationSchema,
  status: statusSchema,
  progress: progressSchema,
  /** Attempts that were charged to the operation. */
  charges: z.number(),
  /** How many times in a row the operation had to wait on its own account. */
  holds: z.number(),
  /** The place of the operation in the order, once it is known. */
  place: z.exactOptional(placeSchema),
  /**
   * How it waits outside of the queue. It is kept after the end of the operation, so that remaining entries in the room
   * can be found.
   */
  parked: z.exactOptional(parkedSchema),
  /** It goes before its place: a leaver that Adobe has not refused yet. It stays so after the end of the operation. */
  early: z.exactOptional(z.boolean()),
  /** An earlier operation of the same message has created its user or group. */
  rootCreated: z.exactOptional(z.boolean()),
  /** From before there was a waiting room: until then the operation, and work that conflicts with it, is not sent. */
  notBefore: z.exactOptional(z.number()),
  /** Somebody is about to cancel it. */
  cancel: z.exactOptional(intentSchema),
  canceledAt: z.exactOptional(z.number()),
  /** The caller who canceled it, as the API's authorizer names it; absent if it names none. */
  canceledBy: z.exactOptional(z.string()),
  /** The operation that removed the person first, so that this one was not to be done any more. */
  supersededBy: z.exactOptional(operationIdSchema),
  error: z.exactOptional(errorSchema),
  /** When all was erased from it that could be of a person. Such a row stands for an operation that is no longer kept. */
  erasedAt: z.exactOptional(z.number()),
  updatedAt: z.number(),
});
