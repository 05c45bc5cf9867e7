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

/** The stack's queues, seen through the AWS SDK. */
export class QueueClient {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #returnedQueueUrl: string;
  readonly #deadLetterQueueUrl: string;

  private constructor(
    sqs: SQSClient,
    urls: { readonly work: string; readonly returned: string; readonly deadLetters: string },
  ) {
    this.#sqs = sqs;
    this.#queueUrl = urls.work;
    this.#returnedQueueUrl = urls.returned;
    this.#deadLetterQueueUrl = urls.deadLetters;
  }

  /**
   * Connects to the queues of operations. Those of deliveries are left out.
   *
   * @throws Error unless there is one queue with a redrive policy, the one that it names, and one more
   */
  static async connect(endpoint: string): Promise<QueueClient> {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const sqs = new SQSClient({ endpoint, region: "us-east-1", credentials });
    const listed = await sqs.send(new ListQueuesCommand({}));
    const QueueUrls = (listed.QueueUrls ?? []).filter((url) => !url.includes("WebhooksDeliveryQueue"));
    const queues = await Promise.all(
      QueueUrls.map(async (url) => {
        const { Attributes = {} } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn", "RedrivePolicy"] }),
        );
        return { url, arn: Attributes["QueueArn"] ?? "", redrivePolicy: Attributes["RedrivePolicy"] };
      }),
    );
    const work = queues.find(({ redrivePolicy }) => redrivePolicy !== undefined);
    const returned = queues.find(({ arn }) => work?.redrivePolicy?.includes(`"${arn}"`));
    const deadLetters = queues.find((queue) => queue !== work && queue !== returned);
    if (queues.length !== 3 || work === undefined || returned === undefined || deadLetters === undefined)
      throw new Error(`A queue, what it redrives to and a dead-letter queue are expected, not ${QueueUrls.join(", ")}`);
    return new QueueClient(sqs, { work: work.url, returned: returned.url, deadLetters: deadLetters.url });
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
    await this.#send(this.#queueUrl, body);
  }

  /** Puts a message where SQS moves what it has handed out too often. */
  async moveAway(body: string): Promise<void> {
    await this.#send(this.#returnedQueueUrl, body);
  }

  async #send(QueueUrl: string, MessageBody: string): Promise<void> {
    const message = { MessageBody, MessageGroupId: "default", MessageDeduplicationId: randomUUID() };
    await this.#sqs.send(new SendMessageCommand({ QueueUrl, ...message }));
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
