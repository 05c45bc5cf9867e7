import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Operation, OperationId } from "../operation/operation.ts";
import { BatchSender, type SendFailed } from "../queue/batch-sender-sqs.ts";
import type { OutgoingBatch, OutgoingMessage } from "./batches.ts";

export interface SubmissionQueueSettings {
  readonly queueUrl: string;
  /** The message group of all that is sent. */
  readonly lane: string;
}

/** What happens while sending, for logs. */
export type SendEvent =
  | { readonly kind: "messages queued"; readonly operationIds: readonly OperationId[] }
  | SendFailed;

type Accepted = (message: OutgoingMessage, sequenceNumber: string) => void;

/** The lane's queue, as submit sees it. */
export class SubmissionQueue {
  readonly #sender: BatchSender;
  readonly #lane: string;
  readonly #report: (event: SendEvent) => void;

  constructor(sqs: SQSClient, { queueUrl, lane }: SubmissionQueueSettings, report: (event: SendEvent) => void) {
    this.#sender = new BatchSender(sqs, queueUrl, report);
    this.#lane = lane;
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
      const entries = batch.map(({ index, operations: [head], body }) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: this.#lane,
        MessageDeduplicationId: deduplicationId(head),
      }));
      const areAccepted = await this.#sender.send(entries, (sequenceNumbers) => {
        const sent = batch.filter(({ index }) => sequenceNumbers.has(String(index)));
        for (const message of sent) accepted(message, sequenceNumbers.get(String(message.index)) ?? "0");
        const operationIds = sent.flatMap(({ operations }) => operations.map(({ id }) => id));
        if (sent.length > 0) this.#report({ kind: "messages queued", operationIds });
      });
      if (!areAccepted) return false;
    }
    return true;
  }
}

/**
 * SQS drops a message whose id it has seen within five minutes, so each generation and each release has an id of its
 * own.
 */
function deduplicationId({ id, generation, release = 0 }: Operation): string {
  return release === 0 ? `${id}#${generation}` : `${id}#${generation}.${release}`;
}
