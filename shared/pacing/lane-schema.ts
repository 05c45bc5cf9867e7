import * as z from "zod/mini";
import { operationIdSchema } from "../operation/schema.ts";
import { evidenceSchema } from "./evidence.ts";
import { tallySchema } from "./tally.ts";

/** The newest version of a lane's form that this code can read, and the one that it writes. */
export const laneVersion = 1;

/** What is stored of a lane. All times are milliseconds since the epoch. */
export const laneSchema = z.looseObject({
  /** Action requests that may still count against Adobe's window. */
  slots: z.array(z.object({ request: z.string(), countsFrom: z.number() })),
  /** When the next action request is due, if work waits. */
  dueAt: z._default(z.number(), 0),
  /** Action requests whose fate is not known. */
  inFlight: z.array(
    z.object({
      request: z.string(),
      operations: z.array(operationIdSchema),
      /** Until when Adobe may still apply the request. */
      until: z.number(),
    }),
  ),
  block: z.exactOptional(
    z.object({
      until: z.number(),
      reason: z.enum(["throttled", "adobe-unavailable", "credentials-refused", "credentials-unreadable"]),
    }),
  ),
  /** Failures in a row, by kind. A 200 sets all three to 0. */
  throttles: z.number(),
  faults: z.number(),
  /** Failures of the credentials, refused or unreadable. */
  refusals: z.number(),
  /** When Adobe last answered an action request with 200; 0 if never. */
  lastSuccessAt: z.number(),
  evidence: z._default(evidenceSchema, () => ({ others: [], sinceSuspects: 0, outageAt: 0, latestAt: 0 })),
  /** What became of operations lately. */
  tally: z._default(tallySchema, () => []),
});
