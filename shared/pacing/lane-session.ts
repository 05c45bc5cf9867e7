import type { Lane } from "./lane.ts";
import type { LaneStore, StoredLane } from "./lane-store.ts";

/** The lane as one invocation sees and changes it. Every change is one conditional write. */
export class LaneSession {
  /** Whether the lane could not be read: then nothing is known of what was in flight. */
  readonly isUnreadable: boolean;
  readonly #store: LaneStore;
  #stored: StoredLane;
  #isOvertaken = false;

  private constructor(store: LaneStore, stored: StoredLane) {
    this.#store = store;
    this.#stored = stored;
    this.isUnreadable = stored.isDamaged === true || stored.kept !== undefined;
  }

  static async open(store: LaneStore): Promise<LaneSession> {
    const stored = await store.read();
    const session = new LaneSession(store, stored);
    // Otherwise it would be damaged at each look, and its block would begin anew.
    if (stored.isDamaged) await session.update((lane) => ({ lane }));
    return session;
  }

  get lane(): Lane {
    return this.#stored.lane;
  }

  /**
   * Whether another invocation has written the lane since this one opened it. That one may have sent and settled
   * operations that this one takes for open.
   */
  get isOvertaken(): boolean {
    return this.#isOvertaken;
  }

  /**
   * Writes the lane that `change` returns. If another invocation has written in between, `change` is called again with
   * the new lane. If it returns no lane, nothing is written.
   *
   * @param isDone whether a lane already has the change. If the answer to a conditional write is lost, the SDK repeats
   * the write, and the repeat fails on its own first try; `isDone` recognises that first try. @default - `change` is
   * called again
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
