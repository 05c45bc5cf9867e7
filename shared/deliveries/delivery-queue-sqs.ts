import type { SendMessageBatchRequestEntry, SQSClient } from "@aws-sdk/client-sqs";
import { BatchSender, type SendFailed } from "../queue/batch-sender-sqs.ts";
import { type Delivery, recordKeyOf } from "./delivery.ts";
import { formatDeliveryMessage } from "./delivery-message.ts";

/** SQS takes at most this many messages at once. */
const batchSize = 10;

/** The queue of deliveries, whose message groups are the records. */
export class DeliveryQueue {
  readonly #sender: BatchSender;

  /** @param report as of the lane's queue: one alarm tells of both */
  constructor(sqs: SQSClient, queueUrl: string, report: (event: SendFailed) => void) {
    this.#sender = new BatchSender(sqs, queueUrl, report);
  }

  /** Sends a message for each delivery. @returns whether SQS has taken all */
  async send(deliveries: readonly Delivery[]): Promise<boolean> {
    for (let at = 0; at < deliveries.length; at += batchSize)
      if (!(await this.#sender.send(deliveries.slice(at, at + batchSize).map(entryOf)))) return false;
    return true;
  }
}

function entryOf({ id, source, record, arrivals }: Delivery, index: number): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: formatDeliveryMessage(id),
    MessageGroupId: record === undefined ? id : recordKeyOf(source, record),
    // SQS drops a message whose id it has seen within five minutes.
    MessageDeduplicationId: `${id}#${arrivals}`,
  };
}
