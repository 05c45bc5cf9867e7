import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Shows hidden messages of the lane's queue. */
export class HiddenMessages {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  /**
   * Shows up to ten messages at once. SQS refuses the handles of messages that have been received again since.
   *
   * @param handles in the queue's order
   * @throws if SQS fails to show one: show them again
   */
  async show(handles: readonly string[]): Promise<void> {
    const [head, ...rest] = handles;
    if (head === undefined) return;
    // The head comes last. A FIFO group delivers nothing before its head is shown, so the batch is then whole.
    if (rest.length > 0) await this.#show(rest);
    await this.#show([head]);
  }

  async #show(handles: readonly string[]): Promise<void> {
    const { Failed = [] } = await this.#sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.#queueUrl,
        Entries: handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
      }),
    );
    const failed = Failed.filter(({ SenderFault }) => SenderFault !== true);
    if (failed.length > 0) throw new Error(`SQS has shown all hidden messages but ${failed.length}`);
  }
}
