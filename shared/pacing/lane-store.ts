import type { Lane } from "./lane.ts";

/** A lane as it was read, with the revision that a conditional write needs. */
export interface StoredLane {
  readonly lane: Lane;
  /** 0 if the lane was never written; undefined if it cannot be read. */
  readonly revision: number | undefined;
  /** `lane` stands for one of a newer version. This text of it is kept, and only the revision is written. */
  readonly kept?: string;
  /** `lane` stands for one that is damaged, and replaces it with the next write. */
  readonly isDamaged?: true;
}

/** Stores the budget, the block and the requests in flight of one lane at one of Adobe's APIs. */
export interface LaneStore {
  /** The lane as last written, or an idle one; in place of one that cannot be read, a blocked one. */
  read(): Promise<StoredLane>;
  /** Replaces `stored` by `lane`. Undefined if another write came in between. */
  write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined>;
}
