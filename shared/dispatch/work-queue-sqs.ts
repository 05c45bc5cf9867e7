import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Hide } from "./requeue.ts";

/** The calls that dispatch makes to SQS itself. */
export class WorkQueue {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  /**
   * Hides up to ten messages. A message that cannot be hidden comes back when its visibility timeout ends.
   *
   * @returns how many were hidden
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
