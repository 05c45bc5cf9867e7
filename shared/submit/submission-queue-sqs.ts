import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type FaultDetails, networkDetails } from "../http/network-fault.ts";
import type { Operation, OperationId } from "../operation/operation.ts";
import type { OutgoingBatch, OutgoingMessage } from "./batches.ts";

/** How often an entry that SQS refuses is sent before the caller gets an error. */
const tries = 3;

export interface SubmissionQueueSettings {
  readonly queueUrl: string;
  /** The message group of all that is sent. */
  readonly lane: string;
}

/** What happens while sending, for logs. */
export type SendEvent =
  | { readonly kind: "messages queued"; readonly operationIds: readonly OperationId[] }
  /** Some entries of a batch, or all, were not accepted. */
  | ({ readonly kind: "send failed"; readonly messages: number; readonly name: string } & Partial<FaultDetails>);

type Accepted = (message: OutgoingMessage, sequenceNumber: string) => void;

/** The lane's queue, as submit sees it. */
export class SubmissionQueue {
  readonly #sqs: SQSClient;
  readonly #settings: SubmissionQueueSettings;
  readonly #report: (event: SendEvent) => void;

  constructor(sqs: SQSClient, settings: SubmissionQueueSettings, report: (event: SendEvent) => void) {
    this.#sqs = sqs;
    this.#settings = settings;
    this.#report = report;
  }

  /**
   * Sends batch after batch. The next one is sent only after every entry of the last is accepted, so that nothing
   * overtakes.
   *
   * @param accepted called for every message that SQS has taken, with its sequence number
   * @returns whether all were accepted
   */
  async send(batches: readonly OutgoingBatch[], accepted: Accepted): Promise<boolean> {
    for (const batch of batches) {
      let rest = batch;
      for (let attempt = 1; rest.length > 0 && attempt <= tries; attempt++) rest = await this.#sendOnce(rest, accepted);
      if (rest.length > 0) return false;
    }
    return true;
  }

  /** @returns the messages that were not accepted */
  async #sendOnce(batch: OutgoingBatch, accepted: Accepted): Promise<OutgoingBatch> {
    const { queueUrl, lane } = this.#settings;
    const command = new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: batch.map(({ index, operations: [head], body }) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: lane,
        MessageDeduplicationId: deduplicationId(head),
      })),
    });
    try {
      const { Successful, Failed } = await this.#sqs.send(command);
      const taken = new Map(Successful?.map(({ Id, SequenceNumber }) => [Id, SequenceNumber ?? "0"]));
      const refused = batch.filter(({ index }) => !taken.has(String(index)));
      const sent = batch.filter((message) => !refused.includes(message));
      for (const message of sent) accepted(message, taken.get(String(message.index)) ?? "0");
      const operationIds = sent.flatMap(({ operations }) => operations.map(({ id }) => id));
      if (sent.length > 0) this.#report({ kind: "messages queued", operationIds });
      if (refused.length > 0)
        this.#report({ kind: "send failed", messages: refused.length, name: Failed?.[0]?.Code ?? "unknown" });
      return refused;
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      this.#report({ kind: "send failed", messages: batch.length, name, ...networkDetails(error) });
      return batch;
    }
  }
}

/**
 * SQS drops a message whose id it has seen within five minutes, so each generation and each release has an id of its
 * own.
 */
function deduplicationId({ id, generation, release = 0 }: Operation): string {
  return release === 0 ? `${id}#${generation}` : `${id}#${generation}.${release}`;
}
