import { type Link, LinkedList } from "./linked-list.ts";
import type { Message } from "./message.ts";

/** The messages of one message group, in order. A standard queue's message is a group of its own. */
export class MessageGroup {
  readonly key: string;
  readonly messages = new LinkedList<Message>();
  /** Its position among the groups that a receive may take from, if it has one. */
  inRow: Link<MessageGroup> | undefined;

  constructor(key: string) {
    this.key = key;
  }

  get head(): Message | undefined {
    return this.messages.first?.value;
  }

  /** AWS: a group is available while its first message is visible, whatever follows. */
  get available(): boolean {
    return this.head?.state.kind === "visible";
  }
}
