import { Queue } from "../../infra/local/aws/sqs/queue.ts";
import { settings } from "../../infra/settings.ts";
import type { Benchmark, Figure } from "./benchmark.ts";
import { Samples } from "./samples.ts";

const shallow = 1000;
const deep = 100_000;
/** Messages received and deleted in one sample, and then sent anew, so that the depth stays. */
const messagesPerSample = 500;
const rounds = 101;
const warmUps = 20;
/** All messages come and go at one moment of the queue's time. */
const now = 0;

/** Whether the local SQS stays as fast when a backlog grows. */
export const sqsModel: Benchmark = {
  title: "The local SQS: receive and delete, by the queue's depth",
  async run() {
    const queues = [
      { depth: shallow, lane: new Lane(shallow), samples: new Samples(warmUps) },
      { depth: deep, lane: new Lane(deep), samples: new Samples(warmUps) },
    ];
    for (let round = 0; round < warmUps + rounds; round++) {
      for (const { lane, samples } of queues) {
        samples.time(() => lane.take(messagesPerSample));
        lane.send(messagesPerSample);
      }
    }
    const [reference] = queues;
    return {
      how: "The model's queue without its HTTP protocol, one message group, batches of 10. Samples of both depths by turns, medians; relative to the shallow queue.",
      counts: { shallow, deep, messagesPerSample, rounds, warmUps },
      figures: queues.flatMap(({ depth, samples }): Figure[] => {
        const column = `${depth.toLocaleString("en")} deep`;
        const microseconds = (1000 * samples.median) / messagesPerSample;
        const relative = samples.median / (reference?.samples ?? samples).median;
        return [
          { case: column, name: "time per message, relative", value: relative, unit: "×" },
          { case: column, name: "time per message, median (this machine)", value: microseconds, unit: "µs" },
        ];
      }),
    };
  },
};

/** A FIFO queue that holds one group's messages. */
class Lane {
  readonly #queue = new Queue({
    name: "bench.fifo",
    arn: "arn:aws:sqs:us-east-1:000000000000:bench.fifo",
    fifo: true,
    rules: { retentionSeconds: settings.queueRetentionDays * 24 * 60 * 60 },
    nextSequence: () => ++this.#sequence,
  });
  #sequence = 0;
  #sent = 0;

  constructor(depth: number) {
    this.send(depth);
  }

  send(count: number): void {
    for (let sent = 0; sent < count; sent++) {
      this.#sent += 1;
      const id = String(this.#sent);
      this.#queue.send({ id, body: "{}", attributes: {}, groupId: "lane", deduplicationId: id, receiveCount: 0 }, now);
    }
  }

  /** Receives and deletes, batch by batch. @throws if the queue has fewer */
  take(count: number): void {
    for (let taken = 0; taken < count; ) {
      const batch = this.#queue.receive(settings.batchSize, settings.visibilityTimeoutSeconds, now);
      if (batch.length === 0) throw new Error(`the queue gave ${taken} of ${count} messages`);
      for (const { receiptHandle } of batch) this.#queue.delete(receiptHandle, now);
      taken += batch.length;
    }
  }
}
