import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { errorDetails } from "../http/error-details.ts";
import type { Delivery } from "./delivery.ts";
import type { DispatchEvent } from "./events.ts";

export type DeadLetterEvent = Extract<DispatchEvent, { readonly kind: "dead-lettered" | "unexpected error" }>;

const reason = "The message is not JSON of this service's form.";

/** The queue for messages that no retry can mend, for an operator to look at. Only the functions fill it. */
export class DeadLetters {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #report: (event: DeadLetterEvent) => void;

  constructor(sqs: SQSClient, queueUrl: string, report: (event: DeadLetterEvent) => void) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
    this.#report = report;
  }

  /**
   * Moves messages there that are not of this service's form. @returns the deliveries that could not be moved. Never
   * rejects
   */
  async move(poison: readonly Delivery[]): Promise<Delivery[]> {
    const stuck: Delivery[] = [];
    for (const delivery of poison) {
      try {
        await this.#put(delivery);
        this.#report({ kind: "dead-lettered", messageId: delivery.messageId, reason });
      } catch (error) {
        this.#report({ kind: "unexpected error", ...errorDetails(error) });
        stuck.push(delivery);
      }
    }
    return stuck;
  }

  async #put({ messageId, body }: Delivery): Promise<void> {
    await this.#sqs.send(
      new SendMessageCommand({
        QueueUrl: this.#queueUrl,
        MessageBody: body,
        MessageGroupId: "poison",
        MessageDeduplicationId: messageId,
        MessageAttributes: { reason: { DataType: "String", StringValue: reason } },
      }),
    );
  }
}
