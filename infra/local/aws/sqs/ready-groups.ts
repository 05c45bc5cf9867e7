import { LinkedList } from "./linked-list.ts";
import type { MessageGroup } from "./message-group.ts";
import { MinHeap } from "./min-heap.ts";

/**
 * The groups that a receive may take from, in turn. A group joins at the end when its first message becomes visible.
 * AWS rotates them: a group that was received, or whose messages came back, goes behind the others.
 */
export class ReadyGroups {
  readonly #row = new LinkedList<MessageGroup>();
  /**
   * Groups whose turn came while their first message was beyond the part that a receive searches, by the sequence of
   * that message.
   */
  readonly #beyond = new MinHeap<MessageGroup>();

  /** Adds or removes a group after its first message may have changed. */
  note(group: MessageGroup): void {
    if (!group.available) this.#leave(group);
    else group.inRow ??= this.#row.append(group);
  }

  /** Takes the next group whose first message's sequence is at most `horizon`. */
  take(horizon: number): MessageGroup | undefined {
    for (let top = this.#beyond.peek(); top !== undefined && top.key <= horizon; top = this.#beyond.peek()) {
      this.#beyond.pop();
      this.note(top.value);
    }
    for (let link = this.#row.first; link !== undefined; link = this.#row.first) {
      const group = link.value;
      this.#leave(group);
      const sequence = group.head?.sequence;
      if (sequence === undefined) continue;
      if (sequence <= horizon) return group;
      this.#beyond.push(sequence, group);
    }
    return undefined;
  }

  #leave(group: MessageGroup): void {
    if (group.inRow === undefined) return;
    this.#row.remove(group.inRow);
    group.inRow = undefined;
  }
}
