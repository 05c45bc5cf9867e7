import type { Message, MessageState } from "./message.ts";
import { MinHeap } from "./min-heap.ts";

type Hidden = Extract<MessageState, { until: number }>;

export interface MessageCounts {
  readonly visible: number;
  /** Received, not deleted, and not visible again yet. */
  readonly inFlight: number;
  /** Sent with a delay that has not run out. */
  readonly delayed: number;
}

/** Which messages of a queue are visible, and when the others will be. Times are milliseconds since the epoch. */
export class Visibility {
  readonly #counts = { visible: 0, inFlight: 0, delayed: 0 };
  /** An entry counts only while its message is still in that state. */
  readonly #returns = new MinHeap<{ readonly message: Message; readonly state: Hidden }>();

  get counts(): MessageCounts {
    return { ...this.#counts };
  }

  /** Adds a new, visible message to the counts. */
  admit(message: Message): void {
    message.state = { kind: "visible" };
    this.#counts.visible += 1;
  }

  /** Removes a deleted message from the counts. */
  dismiss(message: Message): void {
    this.#enter(message, { kind: "gone" });
  }

  /** Hides a message until the state's deadline; if that has passed at `now`, the message is visible. */
  hide(message: Message, state: Hidden, now: number): void {
    if (state.until <= now) {
      this.#enter(message, { kind: "visible" });
      return;
    }
    this.#enter(message, state);
    this.#returns.push(state.until, { message, state });
  }

  /** When the next hidden message comes back; undefined if none is hidden. */
  get nextReturnAt(): number | undefined {
    for (let top = this.#returns.peek(); top !== undefined; top = this.#returns.peek()) {
      if (top.value.message.state === top.value.state) return top.key;
      this.#returns.pop();
    }
    return undefined;
  }

  /**
   * Shows the messages whose time has come by `now`, one after the other. While one is given, later ones are still
   * hidden.
   */
  *showDue(now: number): Generator<Message, void, undefined> {
    for (let at = this.nextReturnAt; at !== undefined && at <= now; at = this.nextReturnAt) {
      const entry = this.#returns.pop();
      if (entry === undefined) return;
      this.#enter(entry.value.message, { kind: "visible" });
      yield entry.value.message;
    }
  }

  #enter(message: Message, state: MessageState): void {
    if (message.state.kind !== "gone") this.#counts[message.state.kind] -= 1;
    if (state.kind !== "gone") this.#counts[state.kind] += 1;
    message.state = state;
  }
}
