import { Backlog } from "./backlog.ts";
import type { Link } from "./linked-list.ts";
import type { Draft, Message } from "./message.ts";
import { MessageGroup } from "./message-group.ts";

interface Place {
  readonly message: Message;
  readonly inQueue: Link<Message>;
  readonly inGroup: Link<Message>;
}

/** The messages of a queue: by id, in order of arrival, and by group. */
export class MessageStore {
  readonly #places = new Map<string, Place>();
  readonly #backlog = new Backlog();
  readonly #groups = new Map<string, MessageGroup>();
  readonly #nextSequence: () => number;

  constructor(nextSequence: () => number) {
    this.#nextSequence = nextSequence;
  }

  get oldest(): Message | undefined {
    return this.#backlog.oldest;
  }

  /** The sequence of the last message that a receive looks at. */
  get horizon(): number {
    return this.#backlog.horizon;
  }

  get(id: string): Message | undefined {
    return this.#places.get(id)?.message;
  }

  all(): Message[] {
    return Array.from(this.#places.values(), ({ message }) => message);
  }

  /** Puts a message at the end of the queue and of its group. */
  append(draft: Draft, groupKey: string, sentAt: number): Message {
    const group = this.#groups.get(groupKey) ?? new MessageGroup(groupKey);
    this.#groups.set(groupKey, group);
    const message: Message = {
      ...draft,
      sequence: this.#nextSequence(),
      sentAt,
      group,
      firstReceivedAt: draft.firstReceivedAt,
      receivesHere: 0,
      state: { kind: "visible" },
    };
    const inQueue = this.#backlog.append(message);
    this.#places.set(message.id, { message, inQueue, inGroup: group.messages.append(message) });
    return message;
  }

  remove(message: Message): void {
    const place = this.#places.get(message.id);
    if (place === undefined) return;
    this.#places.delete(message.id);
    this.#backlog.remove(place.inQueue);
    message.group.messages.remove(place.inGroup);
    if (message.group.messages.size === 0) this.#groups.delete(message.group.key);
  }
}
