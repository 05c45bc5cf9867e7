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
  /** The queue as it is then; while there is none, messages stay. */
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
  /** How long nobody receives the message. @default 0 */
  readonly delaySeconds?: number | undefined;
  /** @default - no deduplication */
  readonly deduplicationScope?: DeduplicationScope | undefined;
}

export interface Delivery {
  readonly message: Readonly<Message>;
  readonly receiptHandle: string;
}

/**
 * A queue's messages and AWS's rules of delivery. It knows no clock: `now` is handed in, in milliseconds since the
 * epoch. No call costs more than the messages it touches, however deep the queue (heaps add a logarithm).
 *
 * Of standard queues it knows that each message is a group of its own and that old receipt handles delete.
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
   * Adds a message, unless its deduplication id was used within the last five minutes: then the first message's id
   * and sequence are answered and nothing is added, even if that message is deleted by now.
   */
  send(draft: Draft, now: number, { delaySeconds = 0, deduplicationScope }: SendOptions = {}): Sent {
    // Groups whose messages are due by now stand before one that joins with this message.
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
    // Only now, so that no group is served twice: hidden for no time at all, its messages are there again.
    for (const group of served) this.#ready.note(group);
    if (served.length > 0) this.#changed();
    return deliveries;
  }

  /**
   * Deletes the message that was received with this handle. One that is gone already is deleted again without complaint.
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
   * Hides a message in flight for `seconds` from now; 0 gives it back at once.
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

  /** Calls `listener` whenever messages may have become available, or will at another time; returns how to end that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Expires what is past its retention and ends the visibility timeouts that have run out. */
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
   * Moves a message that was received too often to the dead letters; false if it may be received.
   * AWS: it keeps its id, a FIFO queue's gets that id as deduplication id, and its retention starts anew
   * (AWS says so of FIFO queues; here a standard queue's does as well).
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
