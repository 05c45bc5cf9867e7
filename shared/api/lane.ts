import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { count, time } from "./operation.ts";

const optional = z.exactOptional;
/** By what is counted. `z.record` takes 3 kB of the client. */
const counts = z.catchall(z.object({}), count);

/** A lane as the API shows it. */
export const laneViewSchema = z.object({
  lane: z.string(),
  /** Operations that have not ended, parked ones included; `maxCountedInLane` means that many or more, as in `parked`. */
  queued: count,
  /** How many of them wait on their own account, by reason; only reasons that there are. */
  parked: counts,
  oldestAcceptedAt: optional(time),
  /** Action requests in any window, and how many count against it now. */
  budget: z.object({ requests: count, seconds: count, used: count }),
  block: optional(z.object({ until: time, reason: z.string() })),
  /** When all that is not parked is expected to have been sent. Absent where there is none, or nobody can know. */
  drainedAt: optional(time),
  /** What became of operations, by code where they failed, and how often Adobe answered 429. Absent from older versions. */
  lastHour: optional(z.object({ succeeded: count, failed: counts, throttles: count })),
  paused: optional(z.object({ since: time, by: optional(z.string()) })),
});

export type LaneView = Read<typeof laneViewSchema>;
