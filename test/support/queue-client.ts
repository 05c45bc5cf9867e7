import { randomUUID } from "node:crypto";
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { vi } from "vitest";
import { patience } from "./patience.ts";

/** The stack's two queues, seen through the AWS SDK. */
export class QueueClient {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #deadLetterQueueUrl: string;

  private constructor(sqs: SQSClient, queueUrl: string, deadLetterQueueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
    this.#deadLetterQueueUrl = deadLetterQueueUrl;
  }

  /** @throws Error unless there are two queues, one with a redrive policy */
  static async connect(endpoint: string): Promise<QueueClient> {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const sqs = new SQSClient({ endpoint, region: "us-east-1", credentials });
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const redriven = await Promise.all(
      QueueUrls.map(async (QueueUrl) => {
        const wanted = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["RedrivePolicy"] });
        return (await sqs.send(wanted)).Attributes?.["RedrivePolicy"] !== undefined;
      }),
    );
    const queueUrl = QueueUrls[redriven.indexOf(true)];
    const deadLetterQueueUrl = QueueUrls[redriven.indexOf(false)];
    if (QueueUrls.length !== 2 || queueUrl === undefined || deadLetterQueueUrl === undefined)
      throw new Error(`A queue and its dead-letter queue are expected, not ${QueueUrls.join(", ")}`);
    return new QueueClient(sqs, queueUrl, deadLetterQueueUrl);
  }

  /** Waits until the queue has none left: the last is deleted a moment after its outcome is known. */
  async emptied(): Promise<void> {
    await vi.waitUntil(async () => (await this.messages()) === 0, patience);
  }

  /** Waits until the dead-letter queue has `count`, or more. */
  async deadLettered(count: number): Promise<void> {
    await vi.waitUntil(async () => (await this.deadLetters()) >= count, patience);
  }

  /** How many messages wait, are hidden or in work. */
  async messages(): Promise<number> {
    return await this.#count(this.#queueUrl);
  }

  async deadLetters(): Promise<number> {
    return await this.#count(this.#deadLetterQueueUrl);
  }

  /** Puts a message onto the queue past the API. */
  async send(body: string): Promise<void> {
    const message = { MessageBody: body, MessageGroupId: "default", MessageDeduplicationId: randomUUID() };
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: this.#queueUrl, ...message }));
  }

  /** Looks at up to ten dead letters, and leaves them there. `reason` is their attribute of that name. */
  async readDeadLetters(): Promise<{ body: string | undefined; reason: string | undefined }[]> {
    const { Messages = [] } = await this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#deadLetterQueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        VisibilityTimeout: 0,
      }),
    );
    return Messages.map(({ Body, MessageAttributes }) => {
      return { body: Body, reason: MessageAttributes?.["reason"]?.StringValue };
    });
  }

  close(): void {
    this.#sqs.destroy();
  }

  async #count(QueueUrl: string): Promise<number> {
    const { Attributes = {} } = await this.#sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: [
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed",
        ],
      }),
    );
    return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
  }
}
