import * as z from "zod/mini";

const time = z.number();
const count = z.number();

export const setSchema = z.object({
  /** When its first removal was held; no two sets of a lane have the same. */
  id: time,
  /** How many removals were held. */
  held: count,
  /** How many of them each caller has asked for; those of nobody who is named stand under "". */
  bySubmitter: z.record(z.string(), count),
  /** When it was first shown. It takes no more removals since. */
  closedAt: z.exactOptional(time),
  decision: z.exactOptional(
    z.object({ kind: z.enum(["released", "canceled"]), at: time, by: z.exactOptional(z.string()) }),
  ),
});

export const removalsSchema = z.object({
  /** Removals that were asked for: what they came with, how many of them passed, and the set that holds the others. */
  counted: z.array(z.object({ occasion: z.string(), at: time, count, set: z.exactOptional(time) })),
  /** The sets of removals above the limit, the newest last. */
  sets: z.array(setSchema),
});
