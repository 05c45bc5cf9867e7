import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { bell } from "../operation/bell.ts";

/** The lane's queue, as the releaser rings in it. */
export class BellQueue {
  readonly #sqs: SQSClient;
  readonly #settings: { readonly queueUrl: string; readonly lane: string };

  /** @param settings `lane`: the message group of the lane's work */
  constructor(sqs: SQSClient, settings: { readonly queueUrl: string; readonly lane: string }) {
    this.#sqs = sqs;
    this.#settings = settings;
  }

  /** Puts a bell into the queue, one for each minute. @param now milliseconds since the epoch */
  async ring(now: number): Promise<void> {
    const { queueUrl, lane } = this.#settings;
    await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: bell,
        MessageGroupId: lane,
        MessageDeduplicationId: `bell#${Math.floor(now / 60_000)}`,
      }),
    );
  }
}
