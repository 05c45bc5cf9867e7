import { type Link, LinkedList } from "./linked-list.ts";
import type { Message } from "./message.ts";

/** AWS: "SQS looks through the first 120k messages to determine available message groups." */
const SEARCHED_MESSAGES = 120_000;

/** All messages of a queue in order of arrival, and how far into them a receive looks. */
export class Backlog {
  readonly #messages = new LinkedList<Message>();
  /** The last message that is searched, if there are that many. */
  #horizon: Link<Message> | undefined;

  get size(): number {
    return this.#messages.size;
  }

  get oldest(): Message | undefined {
    return this.#messages.first?.value;
  }

  /** The sequence of the last message that a receive looks at. */
  get horizon(): number {
    return this.#horizon?.value.sequence ?? Number.POSITIVE_INFINITY;
  }

  append(message: Message): Link<Message> {
    const link = this.#messages.append(message);
    if (this.size === SEARCHED_MESSAGES) this.#horizon = link;
    return link;
  }

  remove(link: Link<Message>): void {
    if (this.#horizon !== undefined && link.value.sequence <= this.#horizon.value.sequence) {
      this.#horizon = this.#horizon.next;
    }
    this.#messages.remove(link);
  }
}
