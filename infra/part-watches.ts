import { Duration } from "aws-cdk-lib";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { OwnWorkerName } from "./bundle/worker-code.ts";
import { errorsLogged, sendsRefused } from "./metrics.ts";
import { settings } from "./settings.ts";
import { betweenSweeps, highest, total, type Urgency, type Watch, type Watched } from "./watch.ts";

/** A function that has stopped is silent for this many of its metric's periods. Fewer would be the metric's own delay. */
const silentPeriods = 3;

/** What tells that a part of the service fails, or that it no longer runs. */
export function partWatches({ workers, httpApi, metricsNamespace }: Omit<Watched, "workQueues" | "webhooks">) {
  const failing = (worker: OwnWorkerName, urgency: Urgency, text: string): Watch => ({
    urgency,
    metric: workers[worker].function.metricErrors(total),
    atLeast: 1,
    text,
  });
  const silent = (worker: OwnWorkerName, periodMinutes: number, urgency: Urgency, text: string): Watch => ({
    urgency,
    metric: workers[worker].metric("Runs", { period: Duration.minutes(periodMinutes), statistic: Stats.SUM }),
    silentPeriods,
    text,
  });
  /** What is the same for every function that answers the API. */
  const answering =
    "could not start or was killed: it ran out of time or memory, or its environment is wrong. The caller got a 500, or a 503 after 30 s, and can repeat the call.";
  return {
    ApiErrors: {
      urgency: "page",
      metric: httpApi.api.metricServerError(total),
      atLeast: 1,
      text: 'A caller of the API got a 5xx: what it submitted may not be queued. Callers can repeat the call, with the same Idempotency-Key; OperationsClient and umapi do. See the alarms SendsRefused and ErrorsLogged and those of the functions; the access log has "routeKey", "status" and "integrationErrorMessage" of each call. The problem "unreadable" counts too: see OperationsUnreadable.',
    },
    SendsRefused: {
      urgency: "ticket",
      metric: sendsRefused(metricsNamespace, total),
      atLeast: 1,
      text: 'SQS has refused messages. Each is sent up to three times; after that a caller of the API gets a 503 that says what is not queued, and scheduled operations wait for the next minute. The line "send failed" in the log of submit, retry or release has AWS\'s name for the cause: AccessDenied or a name with KMS means that a permission is missing. Mend that; callers repeat their calls.',
    },
    MappingsOff: {
      urgency: "page",
      metric: workers.sweep.metric("MappingsOff", highest),
      atLeast: 1,
      periods: betweenSweeps,
      text: `An event source mapping is switched off or gone, so that a function gets no messages: without the one of dispatch nothing is sent to Adobe. None is lost: after ${settings.parkedAfterDays} days operations are parked. "aws lambda list-event-source-mappings" shows which; "aws lambda update-event-source-mapping --uuid <UUID> --enabled" switches it on. Deploy again if it is gone.`,
    },
    ReleaseStopped: silent(
      "release",
      5,
      "page",
      "The releaser has not come to its end for 15 minutes, though it runs each minute. Due operations of the waiting room are sent only along with new work, and scheduled ones, such as leavers on their day, are not sent. Nothing is lost. See whether its EventBridge rule is enabled, whether its function is throttled or has a reserved concurrency of 0, and its log. Right after the first deployment the alarm is on until the first run.",
    ),
    SweepStopped: silent(
      "sweep",
      settings.sweepIntervalMinutes,
      "ticket",
      `The sweeper has not come to its end for ${silentPeriods * settings.sweepIntervalMinutes} minutes, though it runs every ${settings.sweepIntervalMinutes}. The alarms MappingsOff, OldestParked, OperationsUnreadable and LanePaused tell nothing meanwhile, and operations are not parked before SQS forgets their messages, 14 days after they were queued. See whether its EventBridge rule is enabled, whether its function is throttled or has a reserved concurrency of 0, and its log. Right after the first deployment the alarm is on until the first run.`,
    ),
    ErrorsLogged: {
      urgency: "ticket",
      metric: errorsLogged(metricsNamespace, total),
      atLeast: 1,
      text: 'A function has met an error that it did not foresee: a missing permission, a table or queue that does not answer, or a fault in the service. Queued operations are tried again; a caller of the API got a 500 and can repeat the call. Look for level ERROR in the functions\' logs. The line "unreadable item" names an item of the lane in the table that is damaged, or that a newer version has stored: see decision 13 (docs/decisions).',
    },
    SubmitErrors: failing("submit", "ticket", `Submit ${answering} See its log, and ApiErrors.`),
    OperationsErrors: failing("operations", "ticket", `Operations, which shows them, ${answering} See its log.`),
    OperateErrors: failing("operate", "ticket", `Operate, which cancels and pauses, ${answering} See its log.`),
    RetryErrors: failing("retry", "ticket", `Retry ${answering} See its log.`),
    DispatchErrors: failing(
      "dispatch",
      "page",
      "Dispatch could not start or was killed: it ran out of time or memory, or its environment is wrong. Its messages come back by themselves, and requests in flight are repeated safely. See its log; if it happens again, deploy the version before.",
    ),
    ReleaseErrors: failing(
      "release",
      "ticket",
      "The releaser has failed. It runs again within a minute. If it keeps failing, due operations of the waiting room are sent only along with new work, and scheduled ones are not sent. Nothing is lost. See its log.",
    ),
    RescueErrors: failing(
      "rescue",
      "ticket",
      "Operations that were received from SQS too often could not be parked. The next try comes by itself; until then they stay in the queue for returned messages, for 14 days. See the log of rescue.",
    ),
    SweepErrors: failing(
      "sweep",
      "ticket",
      `The sweeper has failed. It runs again within ${settings.sweepIntervalMinutes} minutes. If it keeps failing, operations are not parked before SQS forgets their messages, 14 days after they were queued, and no alarm tells how long work waits. See its log.`,
    ),
  } satisfies Record<string, Watch>;
}
