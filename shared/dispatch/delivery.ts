import { type MessageBody, parseMessage } from "../operation/message.ts";

/** One receive of one SQS message. */
export interface Delivery {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** How often the message has been received, this time included. */
  readonly receiveCount: number;
  readonly body: string;
}

/** A delivery whose body could be read. */
export interface Message {
  readonly delivery: Delivery;
  readonly operations: MessageBody;
}

/** Sorts out what no retry can mend. The order is kept. */
export function readDeliveries(deliveries: readonly Delivery[]): { messages: Message[]; poison: Delivery[] } {
  const messages: Message[] = [];
  const poison: Delivery[] = [];
  for (const delivery of deliveries) {
    const operations = parseMessage(delivery.body);
    if (operations === undefined) poison.push(delivery);
    else messages.push({ delivery, operations });
  }
  return { messages, poison };
}
