import * as z from "zod/mini";
import { progressSchema } from "../operation/progress.ts";
import { operationSchema } from "../operation/schema.ts";
import { statusSchema } from "../operation/status.ts";

export const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** Index of the failed step in the caller's `do`. */
  step: z.exactOptional(z.number()),
  /** False if the operation may have been applied all the same. */
  certain: z.boolean(),
});

/** What the ledger keeps of one operation. All times are milliseconds since the epoch. */
export const rowSchema = z.object({
  operation: operationSchema,
  status: statusSchema,
  progress: progressSchema,
  /** Attempts that count against the operation. */
  charges: z.number(),
  /** Times in a row that the operation alone had to wait. */
  holds: z.number(),
  /** Until then the operation, and what conflicts with it, is not sent. */
  notBefore: z.exactOptional(z.number()),
  error: z.exactOptional(errorSchema),
  updatedAt: z.number(),
});
