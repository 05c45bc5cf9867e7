import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";

export const progressSchema = z.looseObject({
  /** Lawful steps that Adobe has completed. */
  stepsDone: z.number(),
  /** A past send may have been applied: what goes out must be safe to repeat. */
  uncertain: z.boolean(),
  /** It goes in a command of its own, even if its message holds more of the same root. */
  unjoined: z.boolean(),
  /** Its action requests hold at most so many commands, because a larger one failed with it. Absent for any number. */
  most: z.exactOptional(z.number()),
  /** Its slices hold one step each, because Adobe found a longer one too long. */
  oneStep: z.boolean(),
  /** Requests with it that failed without an answer to it. */
  faults: z.number(),
  /** When the last of them did, in milliseconds since the epoch. */
  lastFaultAt: z.exactOptional(z.number()),
});

/** How far an operation has come, and what past answers say about how to send the rest of it. */
export type Progress = Read<typeof progressSchema>;

export const untouched: Progress = {
  stepsDone: 0,
  uncertain: false,
  unjoined: false,
  oneStep: false,
  faults: 0,
};
