import { idleLane, type Lane } from "./lane.ts";
import type { LaneStore, StoredLane } from "./lane-store.ts";

/**
 * Keeps a lane in memory, for a reader without DynamoDB that is the only client of its credential. Requests of other
 * clients with the same credential show only as 429s.
 */
export class MemoryLaneStore implements LaneStore {
  #stored = { lane: idleLane, revision: 0 };

  async read(): Promise<StoredLane> {
    return this.#stored;
  }

  async write(stored: StoredLane, lane: Lane): Promise<StoredLane | undefined> {
    if (stored.revision !== this.#stored.revision) return undefined;
    this.#stored = { lane, revision: stored.revision + 1 };
    return this.#stored;
  }
}
