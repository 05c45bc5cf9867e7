import * as z from "zod/mini";
import type { Service } from "../../infra/local/aws/service.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { queueUrl } from "./aws.ts";

const ofQueue = z.object({ QueueUrl: z.string() });
const sent = z.object({ Successful: z.array(z.object({ MessageId: z.string() })) });
const received = z.object({
  Messages: z.array(
    z.object({
      MessageId: z.string(),
      ReceiptHandle: z.string(),
      Attributes: z.object({ ApproximateReceiveCount: z.coerce.number() }),
    }),
  ),
});
const deletes = z.object({ Entries: z.array(z.object({ ReceiptHandle: z.string() })) });

/** SQS leaves a message that was received more often out of the age of the oldest. */
const mostReceives = 3;

/** The metric ApproximateAgeOfOldestMessage of a queue, from what passes between the functions and SQS. */
export class MessageAges {
  readonly #clock: Clock;
  readonly #sentAt = new Map<string, number>();
  readonly #messages = new Map<string, string>();

  /** @param name of the queue */
  constructor(service: Service, name: string, clock: Clock) {
    this.#clock = clock;
    const handle = service.handle.bind(service);
    service.handle = async (action, input, signal) => {
      const answer = await handle(action, input, signal);
      if (ofQueue.safeParse(input).data?.QueueUrl === queueUrl(name)) this.#passed(action, input, answer.body);
      return answer;
    };
  }

  /** In seconds; undefined where no message counts. */
  get oldest(): number | undefined {
    const [first] = this.#sentAt.values();
    return first === undefined ? undefined : (this.#clock.now() - first) / 1000;
  }

  #passed(action: string, input: unknown, output: unknown): void {
    if (action === "SendMessageBatch")
      for (const { MessageId } of sent.safeParse(output).data?.Successful ?? [])
        this.#sentAt.set(MessageId, this.#clock.now());
    if (action === "ReceiveMessage")
      for (const { MessageId, ReceiptHandle, Attributes } of received.safeParse(output).data?.Messages ?? []) {
        this.#messages.set(ReceiptHandle, MessageId);
        if (Attributes.ApproximateReceiveCount > mostReceives) this.#sentAt.delete(MessageId);
      }
    if (action === "DeleteMessageBatch")
      for (const { ReceiptHandle } of deletes.safeParse(input).data?.Entries ?? [])
        this.#sentAt.delete(this.#messages.get(ReceiptHandle) ?? "");
  }
}
