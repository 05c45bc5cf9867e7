import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { count } from "./operation.ts";

/** Removals of people, and those that are held because there were too many. */
export const removalsViewSchema = z.object({
  /** How many removals are taken in any window before the others are held; null where there is no limit. */
  limit: z.nullable(z.object({ operations: count, seconds: count })),
  /** How many were taken in the window that ends now. */
  counted: count,
  /** How many are in the set that is to be released or canceled. */
  held: count,
  /** Names that set; absent where nothing is held. */
  hash: z.exactOptional(z.string()),
  /** How many of them each caller has asked for; those of nobody who is named stand under an empty name. */
  bySubmitter: z.catchall(z.object({}), count),
});

export type RemovalsView = Read<typeof removalsViewSchema>;

/** What names the set that is released or canceled. */
export const removalsBodySchema = z.strictObject({ hash: z.string() });

/** How many operations were released or canceled. */
export const removalsDecidedSchema = z.object({ operations: count });
