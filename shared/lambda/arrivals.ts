import type { SQSRecord } from "aws-lambda";
import type { Arrival } from "../deliveries/intake.ts";

/** The messages about deliveries that Lambda hands over, in the queue's order. */
export function arrivalsOf(records: readonly SQSRecord[]): Arrival[] {
  return records.map(({ messageId, receiptHandle, body, attributes }) => {
    const { ApproximateReceiveCount, SentTimestamp, MessageGroupId = messageId } = attributes;
    return {
      messageId,
      receiptHandle,
      body,
      receiveCount: Number(ApproximateReceiveCount),
      sentAt: Number(SentTimestamp),
      group: MessageGroupId,
    };
  });
}
