import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";

export const progressSchema = z.looseObject({
  /** Lawful steps that Adobe has completed. */
  stepsDone: z.number(),
  /** Whether a past send may have been applied, so that the next one must be safe to repeat. */
  uncertain: z.boolean(),
  /** Whether it must have a command of its own, even if its message has more operations on the same root. */
  unjoined: z.boolean(),
  /**
   * The most commands of a request with this operation, because a larger one failed with it. Absent if any number is
   * allowed.
   */
  most: z.exactOptional(z.number()),
  /** Whether its slices have one step each, because Adobe found a longer one too long. */
  oneStep: z.boolean(),
  /** How many requests with it failed in a row without an answer to it. */
  faults: z.number(),
  /** When the last of them failed, in milliseconds since the epoch. */
  lastFaultAt: z.exactOptional(z.number()),
});

/** How far an operation has come, and how to send the rest of it after past answers. */
export type Progress = Read<typeof progressSchema>;

export const untouched: Progress = {
  stepsDone: 0,
  uncertain: false,
  unjoined: false,
  oneStep: false,
  faults: 0,
};
