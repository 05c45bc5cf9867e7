import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createSqs, type Sqs } from "../../infra/local/aws/sqs/sqs.ts";
import { parseMessage } from "../../shared/operation/message.ts";
import type { Operation } from "../../shared/operation/operation.ts";
import { RemovalCounter } from "../../shared/removals/removal-counter.ts";
import type { RemovalLimit } from "../../shared/removals/removal-limit.ts";
import { accept, type Submission } from "../../shared/submit/accept.ts";
import { CallRecords } from "../../shared/submit/call-records-dynamo.ts";
import { SubmissionQueue } from "../../shared/submit/submission-queue-sqs.ts";
import { Submitter } from "../../shared/submit/submitter.ts";
import { inProcess } from "./in-process-client.ts";
import type { Stores } from "./stores.ts";

const queueUrl = "http://sqs.test/000000000000/work.fifo";

/** Calls that are handed in at one moment, and the queue that they go into, in this process. */
export class Submissions {
  readonly submitter: Submitter;
  readonly #sqs: Sqs;
  readonly #queue: SQSClient;
  readonly #receivedAt: number;

  static async create(stores: Stores, limit: RemovalLimit | "none" = "none"): Promise<Submissions> {
    const submissions = new Submissions(stores, limit);
    const fifo = { QueueName: "work.fifo", Attributes: { FifoQueue: "true" } };
    await submissions.#queue.send(new CreateQueueCommand(fifo));
    return submissions;
  }

  private constructor(stores: Stores, limit: RemovalLimit | "none") {
    const { clock, removals: store, documents } = stores;
    let made = 0;
    const newKey = () => `key-${++made}`;
    this.#receivedAt = clock.now();
    this.#sqs = createSqs({ clock, randomId: newKey, endpoint: "http://sqs.test" });
    this.#queue = new SQSClient(inProcess(this.#sqs));
    this.submitter = new Submitter({
      ...stores,
      newKey,
      removalCounter: new RemovalCounter({ clock, store, limit }),
      calls: new CallRecords(documents, "ledger"),
      queue: new SubmissionQueue(this.#queue, { queueUrl, lane: "default" }, () => undefined),
    });
  }

  submission(commands: readonly object[], changes: { idempotencyKey?: string; submittedBy?: string } = {}): Submission {
    const operations = commands.map((value, index) => ({ value, pointer: `/${index}` }));
    const accepted = accept(
      { operations, testOnly: false, receivedAt: this.#receivedAt, ...changes },
      { allowAccountDeletion: false },
    );
    if (!accepted.ok) throw new Error(JSON.stringify(accepted.problem));
    return accepted.submission;
  }

  /** All that the queue holds and has not handed out yet. */
  async queued(): Promise<Operation[]> {
    const taken: Operation[] = [];
    for (;;) {
      const { Messages = [] } = await this.#queue.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return taken;
      taken.push(...Messages.flatMap(({ Body = "" }) => parseMessage(Body) ?? []));
    }
  }

  /** SQS takes no message with this index in its call, until the function that is returned is called. */
  refuse(index: number): () => void {
    return this.#sqs.refuse({
      action: "SendMessageBatch",
      entries: (entry) => JSON.stringify(entry).includes(`"Id":"${index}"`),
      times: 99,
    });
  }
}
