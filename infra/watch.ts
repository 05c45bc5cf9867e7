import { Duration } from "aws-cdk-lib";
import { type Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { OwnWorkerName } from "./bundle/worker-code.ts";
import type { HttpApi } from "./http-api.ts";
import { settings } from "./settings.ts";
import type { Webhooks } from "./webhooks.ts";
import type { WorkQueues } from "./work-queues.ts";
import type { WorkerFunction } from "./worker-function.ts";

/** Page: nothing goes on, or nothing is taken, until somebody acts. Ticket: it can wait until the next working day. */
export type Urgency = "page" | "ticket";

/** What one alarm watches. */
export type Watch = HighWatch | SilenceWatch;

interface AnyWatch {
  readonly urgency: Urgency;
  readonly metric: Metric;
  /** The description: what has happened, and what to do. */
  readonly text: string;
}

/** Goes off at a high value. Missing data is no reason, because an idle service emits nothing. */
interface HighWatch extends AnyWatch {
  /** The lowest value that raises the alarm. */
  readonly atLeast: number;
  /** How long one high value keeps the alarm on. @default - one period */
  readonly periods?: number;
}

/** Goes off where a metric that always comes has stayed away. Missing data is the reason. */
interface SilenceWatch extends AnyWatch {
  /** After how many periods without the metric. */
  readonly silentPeriods: number;
}

/** What there is to watch. */
export interface Watched {
  readonly workQueues: WorkQueues;
  readonly workers: Readonly<Record<OwnWorkerName, WorkerFunction>>;
  readonly httpApi: HttpApi;
  /** Undefined in an instance without sources. */
  readonly webhooks: Webhooks | undefined;
  /** The CloudWatch namespace of the functions' own metrics. */
  readonly metricsNamespace: string;
}

const period = Duration.minutes(5);
export const highest = { period, statistic: Stats.MAXIMUM };
export const total = { period, statistic: Stats.SUM };

/**
 * A failing lane emits no metric between two tries. So an alarm lasts as long as the wait, and ten minutes more for the
 * request and the delay of the metric, and does not end while the cause is there.
 */
export const outlasting = (waitSeconds: number) => Math.ceil(waitSeconds / period.toSeconds()) + 2;
export const betweenSweeps = outlasting(Duration.minutes(settings.sweepIntervalMinutes).toSeconds());
