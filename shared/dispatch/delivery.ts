import { isBell } from "../operation/bell.ts";
import { type MessageBody, parseMessage, readMessage } from "../operation/message.ts";

/** One receive of one SQS message. */
export interface Delivery {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** How often the message has been received, this time included. */
  readonly receiveCount: number;
  /** The position of the message in its group: a decimal number that always grows. */
  readonly sequenceNumber: string;
  readonly body: string;
}

/** A delivery whose body could be read. */
export interface Message {
  readonly delivery: Delivery;
  readonly operations: MessageBody;
}

export interface ReadDeliveries {
  readonly messages: readonly Message[];
  /** Messages of this service that this version cannot read completely. */
  readonly unreadable: readonly Delivery[];
  /** Messages that no retry can mend. */
  readonly poison: readonly Delivery[];
}

/** Sorts deliveries by kind, and keeps their order. */
export function readDeliveries(deliveries: readonly Delivery[]): ReadDeliveries {
  const messages: Message[] = [];
  const unreadable: Delivery[] = [];
  const poison: Delivery[] = [];
  for (const delivery of deliveries) {
    const operations = parseMessage(delivery.body);
    if (operations !== undefined) messages.push({ delivery, operations });
    else if (!isBell(delivery.body))
      (readMessage(delivery.body).kind === "foreign" ? poison : unreadable).push(delivery);
  }
  return { messages, unreadable, poison };
}
