import * as z from "zod/mini";

/** A lane as the API shows it; times are in ISO 8601. What a newer service adds comes through as it is. */
export const laneSchema = z.looseObject({
  lane: z.string(),
  queued: z.number(),
  /** How many wait on their own account, by reason. */
  parked: z.record(z.string(), z.number()),
  oldestAcceptedAt: z.exactOptional(z.string()),
  budget: z.looseObject({ requests: z.number(), seconds: z.number(), used: z.number() }),
  block: z.exactOptional(z.looseObject({ until: z.string(), reason: z.string() })),
  paused: z.exactOptional(z.looseObject({ since: z.string(), by: z.exactOptional(z.string()) })),
});

export type Lane = Readonly<z.output<typeof laneSchema>>;
