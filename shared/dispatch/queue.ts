import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Delivery } from "./delivery.ts";
import type { Hide } from "./requeue.ts";

/** What dispatch asks of SQS beyond being handed batches. */
export class WorkQueue {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #deadLetterQueueUrl: string;

  constructor(sqs: SQSClient, urls: { readonly queueUrl: string; readonly deadLetterQueueUrl: string }) {
    this.#sqs = sqs;
    this.#queueUrl = urls.queueUrl;
    this.#deadLetterQueueUrl = urls.deadLetterQueueUrl;
  }

  /**
   * Hides up to ten messages. One that cannot be hidden comes back when its visibility runs out.
   *
   * @returns how many are hidden
   */
  async hide(hides: readonly Hide[]): Promise<number> {
    const { Failed = [] } = await this.#sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.#queueUrl,
        Entries: hides.map(({ delivery, seconds }, index) => ({
          Id: String(index),
          ReceiptHandle: delivery.receiptHandle,
          VisibilityTimeout: seconds,
        })),
      }),
    );
    return hides.length - Failed.length;
  }

  /** Puts a message's body where an operator can look at it. */
  async deadLetter(delivery: Delivery, reason: string): Promise<void> {
    await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: this.#deadLetterQueueUrl,
        MessageBody: delivery.body,
        MessageGroupId: "poison",
        MessageDeduplicationId: delivery.messageId,
        MessageAttributes: { reason: { DataType: "String", StringValue: reason } },
      }),
    );
  }
}
