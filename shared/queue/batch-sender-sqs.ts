import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from "@aws-sdk/client-sqs";
import { type FaultDetails, networkDetails } from "../http/network-fault.ts";

/** How often a message that SQS refuses is sent before the caller is told. */
const tries = 3;

/** For logs: some messages of a batch, or all, were not accepted. */
export type SendFailed = {
  readonly kind: "send failed";
  readonly messages: number;
  readonly name: string;
} & Partial<FaultDetails>;

/** Called with the sequence numbers of messages that SQS has taken, by the ids of their entries. */
type Accepted = (sequenceNumbers: ReadonlyMap<string | undefined, string>) => void;

/** Sends messages to one FIFO queue. */
export class BatchSender {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #report: (event: SendFailed) => void;

  constructor(sqs: SQSClient, queueUrl: string, report: (event: SendFailed) => void) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
    this.#report = report;
  }

  /** Sends up to ten messages at once, and again those that SQS refuses. @returns whether all were accepted */
  async send(entries: readonly SendMessageBatchRequestEntry[], accepted: Accepted = () => undefined): Promise<boolean> {
    let rest = [...entries];
    for (let attempt = 1; rest.length > 0 && attempt <= tries; attempt++) rest = await this.#sendOnce(rest, accepted);
    return rest.length === 0;
  }

  /** @returns the entries that were not accepted */
  async #sendOnce(Entries: SendMessageBatchRequestEntry[], accepted: Accepted) {
    try {
      const command = new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries });
      const { Successful = [], Failed } = await this.#sqs.send(command);
      const taken = new Map(Successful.map(({ Id, SequenceNumber = "0" }) => [Id, SequenceNumber]));
      const refused = Entries.filter(({ Id }) => !taken.has(Id));
      accepted(taken);
      if (refused.length > 0)
        this.#report({ kind: "send failed", messages: refused.length, name: Failed?.[0]?.Code ?? "unknown" });
      return refused;
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      this.#report({ kind: "send failed", messages: Entries.length, name, ...networkDetails(error) });
      return Entries;
    }
  }
}
