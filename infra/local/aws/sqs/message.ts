import type { MessageGroup } from "./message-group.ts";

/** A message attribute, as the API carries it; binary values are base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message as its sender gave it, already validated. */
export interface Draft {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** The one system attribute that AWS lets a sender set. */
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** The queue that a dead letter came from. */
  readonly deadLetterSourceArn?: string | undefined;
  /** How often it was received in earlier queues. */
  readonly receiveCount: number;
  /** Milliseconds since the epoch. */
  readonly firstReceivedAt?: number | undefined;
}

/** The state of a message between sending and deletion. A state object is never reused, so it identifies itself. */
export type MessageState =
  | { readonly kind: "visible" }
  | { readonly kind: "delayed"; readonly until: number }
  | { readonly kind: "inFlight"; readonly until: number; readonly receivedAt: number; readonly receive: number }
  | { readonly kind: "gone" };

/** A message in a queue. Times are milliseconds since the epoch. */
export interface Message extends Omit<Draft, "receiveCount" | "firstReceivedAt"> {
  /** A number greater than that of every message sent before to any queue; a dead letter gets a new one. */
  readonly sequence: number;
  readonly sentAt: number;
  readonly group: MessageGroup;
  /** AWS: how often it was received "across all queues". */
  receiveCount: number;
  /** How often it was received in this queue; a redrive policy counts this. */
  receivesHere: number;
  firstReceivedAt: number | undefined;
  state: MessageState;
}

const FIRST_SEQUENCE_NUMBER = 18_849_496_460_467_696_128n;

/** AWS: a sequence number is "a large, non-consecutive number" of 128 bits that grows within a group; seen: 20 digits. */
export function sequenceNumber(sequence: number): string {
  return String(FIRST_SEQUENCE_NUMBER + BigInt(sequence) * 256n);
}
