import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type FaultDetails, networkDetails } from "../http/network-fault.ts";
import { type Delivery, recordKeyOf } from "./delivery.ts";
import { formatDeliveryMessage } from "./delivery-message.ts";

/** How often what SQS refuses is sent. */
const tries = 3;
/** SQS takes at most this many messages at once. */
const batchSize = 10;

/** As of the lane's queue: one alarm tells of both. */
export type DeliverySendEvent = {
  readonly kind: "send failed";
  readonly messages: number;
  readonly name: string;
} & Partial<FaultDetails>;

/** The queue of deliveries, whose message groups are the records. */
export class DeliveryQueue {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #report: (event: DeliverySendEvent) => void;

  constructor(sqs: SQSClient, queueUrl: string, report: (event: DeliverySendEvent) => void) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
    this.#report = report;
  }

  /** Sends a message for each delivery. @returns whether SQS has taken all */
  async send(deliveries: readonly Delivery[]): Promise<boolean> {
    for (let at = 0; at < deliveries.length; at += batchSize) {
      let rest = deliveries.slice(at, at + batchSize);
      for (let attempt = 1; rest.length > 0 && attempt <= tries; attempt++) rest = await this.#sendOnce(rest);
      if (rest.length > 0) return false;
    }
    return true;
  }

  /** @returns those that were not taken */
  async #sendOnce(deliveries: readonly Delivery[]): Promise<Delivery[]> {
    const Entries = deliveries.map(({ id, source, record, arrivals }, index) => ({
      Id: String(index),
      MessageBody: formatDeliveryMessage(id),
      MessageGroupId: record === undefined ? id : recordKeyOf(source, record),
      // SQS drops a message whose id it has seen within five minutes.
      MessageDeduplicationId: `${id}#${arrivals}`,
    }));
    try {
      const command = new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries });
      const { Successful = [], Failed } = await this.#sqs.send(command);
      const taken = new Set(Successful.map(({ Id }) => Id));
      const refused = deliveries.filter((_, index) => !taken.has(String(index)));
      if (refused.length > 0)
        this.#report({ kind: "send failed", messages: refused.length, name: Failed?.[0]?.Code ?? "unknown" });
      return refused;
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      this.#report({ kind: "send failed", messages: deliveries.length, name, ...networkDetails(error) });
      return [...deliveries];
    }
  }
}
