import type { ParkReason } from "../operation/parked.ts";

/** What an operation may wait for on its own account, whatever its lane does. */
export const ownReasons = [
  "held",
  "suspect",
  "unsettled",
  "behind",
  "removal-limit",
  "scheduled",
] as const satisfies readonly ParkReason[];

export type OwnReason = (typeof ownReasons)[number];
