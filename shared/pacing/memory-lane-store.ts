import { idleLane, type Lane } from "./lane.ts";
import type { LaneStore, StoredLane } from "./lane-store.ts";

/**
 * Keeps a lane for as long as this process lives: for a reader without DynamoDB that is the only client of its
 * credential. What others send with the same credential shows in it only as 429s.
 */
export class MemoryLaneStore implements LaneStore {
  #stored: StoredLane = { lane: idleLane, revision: 0 };

  async read(): Promise<StoredLane> {
    return this.#stored;
  }

  async write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined> {
    if (stored.revision !== this.#stored.revision) return undefined;
    this.#stored = { lane, revision: stored.revision + 1 };
    return this.#stored;
  }
}
