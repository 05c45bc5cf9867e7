import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { bell } from "../operation/bell.ts";

/** Puts bells into the lane's queue. A bell makes dispatch look at what is due in the waiting room. */
export class BellQueue {
  readonly #sqs: SQSClient;
  readonly #settings: { readonly queueUrl: string; readonly lane: string };

  /** @param settings `lane`: the message group of the lane's work */
  constructor(sqs: SQSClient, settings: { readonly queueUrl: string; readonly lane: string }) {
    this.#sqs = sqs;
    this.#settings = settings;
  }

  /** Puts a bell into the queue. @param occasion SQS takes one bell for each occasion within five minutes */
  async ring(occasion: string): Promise<void> {
    const { queueUrl, lane } = this.#settings;
    await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: bell,
        MessageGroupId: lane,
        MessageDeduplicationId: `bell#${occasion}`,
      }),
    );
  }
}
