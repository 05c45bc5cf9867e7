import type { SQSRecord } from "aws-lambda";
import type { Delivery } from "../dispatch/delivery.ts";

/** The messages that Lambda hands over, in the queue's order. */
export function deliveriesOf(records: readonly SQSRecord[]): Delivery[] {
  return records.map(({ messageId, receiptHandle, body, attributes }) => {
    const { ApproximateReceiveCount, SequenceNumber = "0" } = attributes;
    return {
      messageId,
      receiptHandle,
      body,
      receiveCount: Number(ApproximateReceiveCount),
      sequenceNumber: SequenceNumber,
    };
  });
}
