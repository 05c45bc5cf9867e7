import type { Lane } from "./lane.ts";

/** A lane as it was read, with the revision that a conditional write needs. */
export interface StoredLane {
  readonly lane: Lane;
  /** 0 if the lane was never written. */
  readonly revision: number;
}

/** Stores the budget, the block and the requests in flight of one lane at one of Adobe's APIs. */
export interface LaneStore {
  /** The lane as last written, or an idle one. */
  read(): Promise<StoredLane>;
  /** Replaces `stored` by `lane`. Undefined if another write came in between. */
  write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined>;
}
