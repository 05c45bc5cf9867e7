import type { SQSClient } from "@aws-sdk/client-sqs";
import { type PollerOptions, poll } from "../../infra/local/host/event-source-mapping/poller.ts";
import { settings } from "../../infra/settings.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { queueArn, queueUrl } from "./aws.ts";
import type { Say } from "./trace.ts";

export interface ConsumersOptions {
  readonly clock: Clock;
  readonly sqs: SQSClient;
  readonly say: Say;
  /** Whether the rule of a schedule is enabled. */
  readonly isEnabled: (rule: string) => boolean;
}

/** What AWS calls by itself: functions on a schedule, and those that a queue's messages are handed to. */
export class Consumers {
  readonly #options: ConsumersOptions;
  #stopping = new AbortController();

  constructor(options: ConsumersOptions) {
    this.#options = options;
  }

  /** Runs a function every so many minutes, until the consumers are stopped. */
  async every(rule: string, minutes: number, run: () => Promise<void>): Promise<void> {
    const { clock, isEnabled } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await clock.sleep(minutes * 60_000);
      if (!signal.aborted && isEnabled(rule)) await run();
    }
  }

  /** Hands a queue's messages to a function, until the consumers are stopped. */
  async poll(name: string, target: PollerOptions["function"]): Promise<void> {
    const { clock, sqs, say } = this.#options;
    const options: PollerOptions = {
      sqs,
      clock,
      queueUrl: queueUrl(name),
      queueArn: queueArn(name),
      batchSize: settings.batchSize,
      reportsBatchItemFailures: true,
      function: target,
      onError: (error) => say(() => String(error)),
    };
    await poll(options, this.#stopping.signal);
  }

  /** Ends all that runs; what is started afterwards runs on its own. */
  stop(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
  }
}
