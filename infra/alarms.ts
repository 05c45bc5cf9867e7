import { Annotations, Duration } from "aws-cdk-lib";
import { type Alarm, ComparisonOperator, type Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { errorsLogged } from "./metrics.ts";
import { settings } from "./settings.ts";
import type { WorkQueue } from "./work-queue.ts";
import type { WorkerFunction } from "./worker-function.ts";

export interface AlarmsProps {
  readonly workQueue: WorkQueue;
  readonly dispatch: WorkerFunction;
  readonly release: WorkerFunction;
  readonly rescue: WorkerFunction;
  readonly sweep: WorkerFunction;
  /** The CloudWatch namespace of the functions' own metrics. */
  readonly metricsNamespace: string;
  /**
   * Told when an alarm goes off, and when it is over.
   *
   * @default - the alarms are there and tell nobody
   */
  readonly topic?: ITopic | undefined;
}

interface Watch {
  readonly metric: Metric;
  /** The value from which on it is an alarm. */
  readonly threshold: number;
  /** How long one high value keeps the alarm on. @default - one period */
  readonly periods?: number;
  /** What has happened, and what to do. */
  readonly text: string;
}

const period = Duration.minutes(5);
const highest = { period, statistic: Stats.MAXIMUM };
const total = { period, statistic: Stats.SUM };
/**
 * A lane that fails says nothing between two tries. An alarm outlasts the wait, with ten minutes for the request and the
 * metric's delay, so that it does not end while the cause is there.
 */
const outlasting = (waitSeconds: number) => Math.ceil(waitSeconds / period.toSeconds()) + 2;

/** What an operator is to hear of. Missing data raises no alarm, because an idle service emits none. */
export class Alarms extends Construct {
  /** Each by the name that it has in docs/deploy.md. */
  readonly byName: Readonly<Record<string, Alarm>>;
  readonly #alarms: Record<string, Alarm> = {};
  readonly #action: SnsAction | undefined;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { workQueue, dispatch, release, rescue, sweep, topic } = props;
    this.byName = this.#alarms;
    const betweenSweeps = outlasting(Duration.minutes(settings.sweepIntervalMinutes).toSeconds());
    this.#action = topic && new SnsAction(topic);
    if (!topic)
      Annotations.of(this).addWarningV2(
        "umapi-workers:alarmsTellNobody",
        "The alarms tell nobody: alarmTopic is not set. Set it to an SNS topic that somebody reads; with the ready stack, -c umapi:alarmTopicArn=<arn>.",
      );

    this.#add("CredentialRefusals", {
      metric: dispatch.metric("CredentialRefusals", highest),
      threshold: 1,
      periods: outlasting(settings.longestBackoffSeconds),
      text: "Adobe refuses the credential. The lane is paused and every operation waits; none is lost or failed. See the reason in the log of dispatch, and put a credential that works into the secret: it is read again within 30 minutes.",
    });
    this.#add("CredentialsUnreadable", {
      metric: dispatch.metric("CredentialsUnreadable", highest),
      threshold: 1,
      periods: outlasting(settings.longestBackoffSeconds),
      text: "The secret with Adobe's credentials cannot be read, or holds no usable credentials. The lane is paused and every operation waits; none is lost or failed. The line \"no token\" in the log of dispatch has AWS's name for it: ResourceNotFoundException is a secret without a value, AccessDeniedException and what names KMS a missing permission, InvalidRequestException a secret that is being deleted. Mend that, or put in credentials: they are read again within 30 minutes.",
    });
    this.#add("AdobeFailures", {
      metric: dispatch.metric("AdobeFailures", highest),
      threshold: 3,
      periods: outlasting(settings.longestBlockSeconds),
      text: "Adobe has failed three times in a row. The lane is tried again at growing intervals, and nothing is lost. See the log of dispatch and status.adobe.com. It goes on by itself once the cause is gone.",
    });
    this.#add("OperationsFailed", {
      metric: dispatch.metric("OperationsFailed", total),
      threshold: 1,
      text: "Adobe has refused operations for good. GET /v1/operations?status=failed lists them with the reason: mend that, then POST /v1/operations/{id}/retry, or hand in a corrected operation.",
    });
    this.#add("QueueAge", {
      // AWS: leaves out messages that were received over and over, which FIFO order makes the first ten at most. Where
      // those are all there is, the cause has an alarm of its own.
      metric: workQueue.queue.metricApproximateAgeOfOldestMessage(highest),
      threshold: Duration.hours(settings.queueAgeAlarmHours).toSeconds(),
      text: `Operations have waited for more than ${settings.queueAgeAlarmHours} hours. After a large import that is its size (Adobe takes 100 commands a minute); otherwise the lane stands still. GET /v1/operations?status=queued says in "waiting" what for and until when. None is lost: after ${settings.parkedAfterDays} days they go on in the waiting room.`,
    });
    this.#add("OldestParked", {
      metric: sweep.metric("OldestParkedAge", highest),
      threshold: Duration.hours(settings.parkedAgeAlarmHours).toSeconds(),
      periods: betweenSweeps,
      text: `An operation in the waiting room was queued more than ${settings.parkedAgeAlarmHours} hours ago; scheduled ones do not count. GET /v1/operations?waiting=<reason> lists them: held (Adobe is too busy for it, or fails at it), suspect (Adobe fails at requests with it), unsettled, behind (an earlier operation must go first). Others go on meanwhile. Mend the cause; during an outage or a pause this comes with it.`,
    });
    this.#add("OperationsUnreadable", {
      metric: sweep.metric("OperationsUnreadable", highest),
      threshold: 1,
      periods: betweenSweeps,
      text: `Operations were stored in a form that the deployed version cannot read: after a rollback, by the version that was taken back. The log of sweep names each at "unreadable row" or "set aside". They and what conflicts with them wait; all else goes on, and none is lost. Deploy a version that can read them: they go on within ${settings.sweepIntervalMinutes} minutes.`,
    });
    this.#add("LanePaused", {
      metric: sweep.metric("PauseAge", highest),
      threshold: Duration.hours(settings.pauseAlarmHours).toSeconds(),
      periods: betweenSweeps,
      text: `Somebody paused the lane more than ${settings.pauseAlarmHours} hours ago, and everything waits. None is lost. If the pause was forgotten, POST /v1/lane/resume ends it.`,
    });
    this.#add("OperationsReturned", {
      metric: rescue.metric("OperationsReturned", total),
      threshold: 1,
      text: `SQS had handed operations out ${settings.maxReceiveCount} times, and they have been parked in the waiting room, from where they go on. This takes days in which dispatch cannot start or ends at every batch: see its log, and deploy a version that works. Their order against work that went meanwhile is not promised.`,
    });
    this.#add("DeadLetters", {
      metric: workQueue.deadLetterQueue.metricApproximateNumberOfMessagesVisible(highest),
      threshold: 1,
      text: `The dead-letter queue holds a message that is not an operation of this service's form; its attribute "reason" says so. It holds nobody up. Read it, find out where it came from, and delete it.`,
    });
    this.#add("ErrorsLogged", {
      metric: errorsLogged(props.metricsNamespace, total),
      threshold: 1,
      text: "A function has met an error that it did not foresee: a missing permission, a table or queue that does not answer, or a fault in the service. Queued operations are tried again; who called the API got a 500 and can repeat the call. Look for level ERROR in the functions' logs.",
    });
    this.#add("DispatchErrors", {
      metric: dispatch.function.metricErrors(total),
      threshold: 1,
      text: "Dispatch could not start or was killed: out of time or memory, or a wrong environment. Its messages come back by themselves, and what was in flight is repeated safely. See its log; if it goes on, deploy the version before.",
    });
    this.#add("ReleaseErrors", {
      metric: release.function.metricErrors(total),
      threshold: 1,
      text: "The releaser has failed. It runs again within a minute; if it goes on, what is due in the waiting room goes only along with new work, and what was scheduled does not go. Nothing is lost. See its log.",
    });
    this.#add("RescueErrors", {
      metric: rescue.function.metricErrors(total),
      threshold: 1,
      text: "Operations that SQS has handed out too often could not be parked. They come again by themselves; until then they stay in the queue for what SQS has returned, for 14 days. See the log of rescue.",
    });
    this.#add("SweepErrors", {
      metric: sweep.function.metricErrors(total),
      threshold: 1,
      text: `The sweeper has failed. It runs again within ${settings.sweepIntervalMinutes} minutes; if it goes on, operations are not parked before SQS forgets their messages, 14 days after they were queued, and nobody is told how long work waits. See its log.`,
    });
  }

  #add(id: string, { metric, threshold, periods = 1, text }: Watch): void {
    const alarm = metric.createAlarm(this, id, {
      alarmDescription: text,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.#alarms[id] = alarm;
    if (this.#action === undefined) return;
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
  }
}
