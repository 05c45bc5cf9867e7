import { type Deduplicated, type DeduplicationScope, DeduplicationWindow, type Sent } from "./deduplication.ts";
import { invalidParameter, messageNotInflight } from "./errors.ts";
import type { Draft, Message } from "./message.ts";
import type { MessageGroup } from "./message-group.ts";
import { MessageStore } from "./message-store.ts";
import { ReadyGroups } from "./ready-groups.ts";
import { parseReceiptHandle, receiptHandle } from "./receipt-handle.ts";
import { type MessageCounts, Visibility } from "./visibility.ts";

/** AWS: a message can be hidden for 12 hours in total from the receive. */
export const MAX_VISIBILITY_SECONDS = 43_200;

/** The attributes that delivery depends on. */
export interface DeliveryRules {
  readonly retentionSeconds: number;
  readonly redrive?: Redrive | undefined;
}

/** A message that was received `maxReceiveCount` times goes to the dead letters instead of being received again. */
interface Redrive {
  readonly maxReceiveCount: number;
  /** Returns the queue for dead letters; while it does not exist, messages stay. */
  readonly deadLetters: () => Queue | undefined;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly rules: DeliveryRules;
  /** Numbers messages; greater each time. */
  readonly nextSequence: () => number;
}

export interface SendOptions {
  /** How long the message cannot be received. @default 0 */
  readonly delaySeconds?: number | undefined;
  /** @default - no deduplication */
  readonly deduplicationScope?: DeduplicationScope | undefined;
}

export interface Delivery {
  readonly message: Readonly<Message>;
  readonly receiptHandle: string;
}

/**
 * A queue's messages and AWS's rules of delivery. It has no clock: callers pass `now`, in milliseconds since the epoch.
 * A call costs only the messages that it touches, however deep the queue is (heaps add a logarithm).
 *
 * In a standard queue each message is a group of its own, and old receipt handles still delete.
 */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  rules: DeliveryRules;
  readonly #store: MessageStore;
  readonly #ready = new ReadyGroups();
  readonly #visibility = new Visibility();
  #window = new DeduplicationWindow();
  readonly #listeners = new Set<() => void>();
  #receives = 0;

  constructor({ name, arn, fifo, rules, nextSequence }: QueueOptions) {
    this.name = name;
    this.arn = arn;
    this.fifo = fifo;
    this.rules = rules;
    this.#store = new MessageStore(nextSequence);
  }

  /**
   * Adds a message, unless its deduplication id was used within the last five minutes. Then it adds nothing and returns
   * the id and sequence of the first message, even if that one is deleted by now.
   */
  send(draft: Draft, now: number, { delaySeconds = 0, deduplicationScope }: SendOptions = {}): Sent {
    // Groups whose messages are due by now come before the group of this message.
    this.#catchUp(now);
    const deduplicated = deduplicatedAs(draft);
    const earlier = deduplicationScope && deduplicated && this.#window.find(deduplicated, now);
    if (earlier !== undefined) return earlier;
    const message = this.#store.append(draft, this.fifo ? (draft.groupId ?? "") : draft.id, now);
    this.#visibility.admit(message);
    this.#visibility.hide(message, { kind: "delayed", until: now + delaySeconds * 1000 }, now);
    const sent: Sent = { id: message.id, sequence: message.sequence };
    if (deduplicationScope && deduplicated) this.#window.remember(deduplicated, deduplicationScope, sent, now);
    this.#ready.note(message.group);
    this.#changed();
    return sent;
  }

  /**
   * Receives up to `maxMessages` messages and hides them for `visibilitySeconds`: as many as possible of the group
   * whose turn it is, in order, then of the next. Within a group it stops at the first hidden message.
   */
  receive(maxMessages: number, visibilitySeconds: number, now: number): Delivery[] {
    this.#catchUp(now);
    const deliveries: Delivery[] = [];
    const served: MessageGroup[] = [];
    while (deliveries.length < maxMessages) {
      const group = this.#ready.take(this.#store.horizon);
      if (group === undefined) break;
      served.push(group);
      for (let link = group.messages.first; link !== undefined; link = link.next) {
        if (deliveries.length === maxMessages || link.value.state.kind !== "visible") break;
        if (this.#redrives(link.value, now)) continue;
        deliveries.push(this.#deliver(link.value, visibilitySeconds, now));
      }
    }
    // The groups are added only now, so that none is served twice: messages that are hidden for 0 seconds are visible
    // again at once.
    for (const group of served) this.#ready.note(group);
    if (served.length > 0) this.#changed();
    return deliveries;
  }

  /**
   * Deletes the message that was received with this handle. If it is gone already, that is not an error.
   *
   * @throws ServiceError on a FIFO queue if the handle's visibility timeout has run out
   */
  delete(handle: string, now: number): void {
    this.#catchUp(now);
    const { messageId, receive } = parseReceiptHandle(this.name, handle);
    const message = this.#store.get(messageId);
    if (message === undefined) return;
    if (this.fifo && !(message.state.kind === "inFlight" && message.state.receive === receive)) {
      throw invalidParameter("ReceiptHandle", handle, "The receipt handle has expired.");
    }
    this.#remove(message);
    this.#changed();
  }

  /**
   * Hides a message in flight for `seconds` from now; with 0 it is visible at once.
   *
   * @throws ServiceError if the handle no longer holds the message, or if the message would be hidden for more than
   *   twelve hours in total from the receive
   */
  changeVisibility(handle: string, seconds: number, now: number): void {
    this.#catchUp(now);
    const { messageId, receive } = parseReceiptHandle(this.name, handle);
    const message = this.#store.get(messageId);
    if (
      message === undefined ||
      (this.fifo && !(message.state.kind === "inFlight" && message.state.receive === receive))
    ) {
      const reason = "Message does not exist or is not available for visibility timeout change.";
      throw invalidParameter("ReceiptHandle", handle, reason);
    }
    if (message.state.kind !== "inFlight") throw messageNotInflight(handle);
    const until = now + seconds * 1000;
    if (until - message.state.receivedAt > MAX_VISIBILITY_SECONDS * 1000) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds]`;
      throw invalidParameter("VisibilityTimeout", seconds, reason);
    }
    this.#visibility.hide(message, { ...message.state, until }, now);
    this.#ready.note(message.group);
    this.#changed();
  }

  /** Deletes every message and forgets their deduplication ids. */
  purge(): void {
    for (const message of this.#store.all()) this.#remove(message);
    this.#window = new DeduplicationWindow();
    this.#changed();
  }

  counts(now: number): MessageCounts {
    this.#catchUp(now);
    return this.#visibility.counts;
  }

  /** When the next hidden message may come back, in milliseconds since the epoch; undefined if none is hidden. */
  get nextReturnAt(): number | undefined {
    return this.#visibility.nextReturnAt;
  }

  /**
   * Calls `listener` whenever messages may have become available, or the time of the next one changes. The returned
   * function ends that.
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Deletes messages past their retention, and ends visibility timeouts that have run out. */
  #catchUp(now: number): void {
    const expired = now - this.rules.retentionSeconds * 1000;
    for (
      let oldest = this.#store.oldest;
      oldest !== undefined && oldest.sentAt <= expired;
      oldest = this.#store.oldest
    ) {
      this.#remove(oldest);
    }
    for (const { group } of this.#visibility.showDue(now)) this.#ready.note(group);
  }

  #deliver(message: Message, visibilitySeconds: number, now: number): Delivery {
    this.#receives += 1;
    message.receiveCount += 1;
    message.receivesHere += 1;
    message.firstReceivedAt ??= now;
    const receive = this.#receives;
    const until = now + visibilitySeconds * 1000;
    this.#visibility.hide(message, { kind: "inFlight", until, receivedAt: now, receive }, now);
    return { message, receiptHandle: receiptHandle(this.name, { messageId: message.id, receive }) };
  }

  /**
   * Moves a message that was received too often to the dead letters; false if it may be received. AWS: the message
   * keeps its id. In a FIFO queue that id becomes its deduplication id, and its retention starts again (here in a
   * standard queue too).
   */
  #redrives(message: Message, now: number): boolean {
    const { redrive } = this.rules;
    if (redrive === undefined || message.receivesHere < redrive.maxReceiveCount) return false;
    const deadLetters = redrive.deadLetters();
    if (deadLetters === undefined) return false;
    this.#takeOut(message);
    const { id, body, attributes, traceHeader, groupId, receiveCount, firstReceivedAt } = message;
    const deduplicationId = this.fifo ? id : undefined;
    const draft = { id, body, attributes, traceHeader, groupId, deduplicationId, receiveCount, firstReceivedAt };
    deadLetters.send({ ...draft, deadLetterSourceArn: this.arn }, now);
    return true;
  }

  #remove(message: Message): void {
    this.#takeOut(message);
    this.#ready.note(message.group);
  }

  #takeOut(message: Message): void {
    this.#store.remove(message);
    this.#visibility.dismiss(message);
  }
}

function deduplicatedAs({ deduplicationId, groupId }: Draft): Deduplicated | undefined {
  return deduplicationId === undefined || groupId === undefined ? undefined : { deduplicationId, groupId };
}
