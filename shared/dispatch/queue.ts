import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Hide } from "./requeue.ts";

/** What dispatch asks of SQS beyond being handed batches. */
export class WorkQueue {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
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
}
