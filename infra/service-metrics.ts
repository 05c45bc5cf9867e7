import { Duration } from "aws-cdk-lib";
import { type Metric, type MetricOptions, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { emittedMetric } from "./metrics.ts";
import { settings } from "./settings.ts";

const total = { period: Duration.minutes(5), statistic: Stats.SUM };
const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };
/** The sweeper emits one value each time it runs. */
const swept = { period: Duration.minutes(settings.sweepIntervalMinutes), statistic: Stats.MAXIMUM };

interface Queues {
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
}

/** Metrics for dashboards and alarms of others. `UmapiWorkers` documents what each one counts. */
export class ServiceMetrics {
  readonly #namespace: string;
  readonly #queues: Queues;

  /** @param namespace the namespace of the functions' metrics */
  constructor(namespace: string, queues: Queues) {
    this.#namespace = namespace;
    this.#queues = queues;
  }

  readonly backlog = this.#emitted("sweep", "OperationsQueued", swept);
  readonly oldestParkedAge = this.#emitted("sweep", "OldestParkedAge", swept);
  readonly succeeded = this.#emitted("dispatch", "OperationsSucceeded", total);
  readonly failed = this.#emitted("dispatch", "OperationsFailed", total);
  readonly actionRequests = this.#emitted("dispatch", "ActionRequests", total);
  readonly throttles = this.#emitted("dispatch", "Throttles", highest);
  readonly oldestAge = (options?: MetricOptions): Metric =>
    this.#queues.queue.metricApproximateAgeOfOldestMessage({ ...highest, ...options });
  readonly deadLetters = (options?: MetricOptions): Metric =>
    this.#queues.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...highest, ...options });

  #emitted(service: string, name: string, byDefault: MetricOptions): (options?: MetricOptions) => Metric {
    return (options) => emittedMetric(this.#namespace, service, name, { ...byDefault, ...options });
  }
}
