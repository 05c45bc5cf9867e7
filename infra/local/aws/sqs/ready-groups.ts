import type { MessageGroup } from "./message-group.ts";
import { MinHeap } from "./min-heap.ts";

/** The groups that a receive may take from, the one with the oldest head first. */
export class ReadyGroups {
  readonly #heap = new MinHeap<MessageGroup>();

  /** Notes a group whose head may have changed. Does nothing for a group that is not available or already noted. */
  note(group: MessageGroup): void {
    const { head } = group;
    if (head === undefined || !group.available || group.readyAs === head.sequence) return;
    group.readyAs = head.sequence;
    this.#heap.push(head.sequence, group);
  }

  /** Takes the available group with the oldest head, if that head's sequence is at most `horizon`. */
  take(horizon: number): MessageGroup | undefined {
    for (let top = this.#heap.peek(); top !== undefined && top.key <= horizon; top = this.#heap.peek()) {
      this.#heap.pop();
      const { key, value: group } = top;
      // What a delivery, a hiding or a deletion has overtaken since it was noted is passed over.
      if (group.readyAs !== key) continue;
      group.readyAs = undefined;
      if (group.head?.sequence === key && group.available) return group;
    }
    return undefined;
  }
}
