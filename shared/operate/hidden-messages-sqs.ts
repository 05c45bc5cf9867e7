import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** The lane's queue, as far as its hidden messages go. */
export class HiddenMessages {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  /**
   * Shows up to ten messages at once. SQS refuses handles of messages that have come back since.
   *
   * @param handles in the queue's order
   */
  async show(handles: readonly string[]): Promise<void> {
    const [head, ...rest] = handles;
    if (head === undefined) return;
    // The head last: a FIFO group hands out what is shown once its head is, and the batch is then whole.
    if (rest.length > 0) await this.#show(rest);
    await this.#show([head]);
  }

  async #show(handles: readonly string[]): Promise<void> {
    await this.#sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.#queueUrl,
        Entries: handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
      }),
    );
  }
}
