import type { Lane } from "./lane.ts";
import type { LaneStore, StoredLane } from "./lane-store.ts";

/** The lane as one invocation sees and changes it. Every change is one conditional write. */
export class LaneSession {
  readonly #store: LaneStore;
  #stored: StoredLane;
  #isOvertaken = false;

  private constructor(store: LaneStore, stored: StoredLane) {
    this.#store = store;
    this.#stored = stored;
  }

  static async open(store: LaneStore): Promise<LaneSession> {
    return new LaneSession(store, await store.read());
  }

  get lane(): Lane {
    return this.#stored.lane;
  }

  /**
   * Whether another invocation has written the lane since this one opened it: it may have sent and settled what this one
   * still takes for open.
   */
  get isOvertaken(): boolean {
    return this.#isOvertaken;
  }

  /**
   * Writes what `change` makes of the lane. Where another invocation has written in between, `change` is asked again
   * with what that one wrote. Nothing is written where it returns no lane.
   *
   * @param isDone whether a lane shows the very change that was last made: an answer that was lost on its way makes the
   * SDK write again, and find its own write in its way. @default - it cannot be told, and `change` is asked again
   */
  async update<Result extends { readonly lane?: Lane }>(
    change: (lane: Lane) => Result,
    isDone: (lane: Lane) => boolean = () => false,
  ): Promise<Result> {
    for (;;) {
      const result = change(this.#stored.lane);
      if (result.lane === undefined) return result;
      const written = await this.#store.write(this.#stored, result.lane);
      if (written !== undefined) {
        this.#stored = written;
        return result;
      }
      this.#stored = await this.#store.read();
      if (isDone(this.#stored.lane)) return result;
      this.#isOvertaken = true;
    }
  }
}
