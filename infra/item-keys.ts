import { watermarkKey } from "../shared/leavers/watermark-key.ts";
import { pauseKey } from "../shared/pacing/pause-key.ts";
import { removalsKey } from "../shared/removals/removals-key.ts";
import { markKey } from "../shared/room/mark-key.ts";

/**
 * The partition keys of the items that a function may touch, for the conditions of its permissions: `*` stands for any
 * text. No lane's name has a `*`, or the `#` that ends it here.
 */
export function itemKeys(lane: string) {
  return {
    operations: "operation#*",
    calls: "call#*",
    deliveries: "delivery#*",
    /** What is known of records of HR systems. */
    records: "record#*",
    /** What the lane has sent to each API, and until when it is blocked. */
    lane: `lane#${lane}#*`,
    hidden: `hidden#${lane}`,
    pause: pauseKey(lane),
    mark: markKey(lane),
    /** How many removals have been taken, and those that are held. */
    removals: removalsKey(lane),
    /** All of the waiting room. */
    room: `${lane}#*`,
    scheduled: `${lane}#due#scheduled`,
    /** Where a leaver stands that goes ahead of the queue. */
    leavers: ["due#leaver", "ahead#*", "touched#*", "written#*"].map((key) => `${lane}#${key}`),
    /** Before which place older work looks for leavers. */
    watermark: watermarkKey(lane),
  };
}
