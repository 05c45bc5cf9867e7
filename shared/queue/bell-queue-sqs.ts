import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { bell } from "../operation/bell.ts";

/** The lane's queue, as those ring in it who want dispatch to look at what is due. */
export class BellQueue {
  readonly #sqs: SQSClient;
  readonly #settings: { readonly queueUrl: string; readonly lane: string };

  /** @param settings `lane`: the message group of the lane's work */
  constructor(sqs: SQSClient, settings: { readonly queueUrl: string; readonly lane: string }) {
    this.#sqs = sqs;
    this.#settings = settings;
  }

  /** Puts a bell into the queue. @param occasion within five minutes SQS takes one bell for each */
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
