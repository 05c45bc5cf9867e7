import type { Lane } from "./lane.ts";

/** A lane as it was read, with what a conditional write needs. */
export interface StoredLane {
  readonly lane: Lane;
  /** 0 for a lane that was never written. */
  readonly revision: number;
}

/** Where one lane's budget, block and memory of one of Adobe's APIs are kept. */
export interface LaneStore {
  /** The lane as last written, or an idle one. */
  read(): Promise<StoredLane>;
  /** Writes `lane` over what was read as `stored`. Undefined if another write came between. */
  write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined>;
}
