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
   * Notified when an alarm goes off, and when it ends.
   *
   * @default - the alarms notify nobody
   */
  readonly topic?: ITopic | undefined;
}

interface Watch {
  readonly metric: Metric;
  /** The lowest value that raises the alarm. */
  readonly threshold: number;
  /** How long one high value keeps the alarm on. @default - one period */
  readonly periods?: number;
  /** The description: what has happened, and what to do. */
  readonly text: string;
}

const period = Duration.minutes(5);
const highest = { period, statistic: Stats.MAXIMUM };
const total = { period, statistic: Stats.SUM };
/**
 * A failing lane emits no metric between two tries. So an alarm lasts as long as the wait, and ten minutes more for the
 * request and the delay of the metric, and does not end while the cause is there.
 */
const outlasting = (waitSeconds: number) => Math.ceil(waitSeconds / period.toSeconds()) + 2;

/** Everything that an operator must know. Missing data raises no alarm, because an idle service emits no metrics. */
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
      text: "Adobe refuses the credential. The lane waits, and every operation with it; none is lost or failed. See the reason in the log of dispatch, and put a working credential into the secret: it is read again within 30 minutes.",
    });
    this.#add("CredentialsUnreadable", {
      metric: dispatch.metric("CredentialsUnreadable", highest),
      threshold: 1,
      periods: outlasting(settings.longestBackoffSeconds),
      text: "The secret with Adobe's credentials cannot be read, or holds no usable credentials. The lane waits, and every operation with it; none is lost or failed. The line \"no token\" in the log of dispatch has AWS's name for the cause: ResourceNotFoundException means that the secret has no value, AccessDeniedException or a name with KMS that a permission is missing, InvalidRequestException that the secret is being deleted. Mend that, or put in credentials: they are read again within 30 minutes.",
    });
    this.#add("AdobeFailures", {
      metric: dispatch.metric("AdobeFailures", highest),
      threshold: 3,
      periods: outlasting(settings.longestBlockSeconds),
      text: "Adobe has failed three times in a row. The lane is tried again at growing intervals, and nothing is lost. See the log of dispatch and status.adobe.com. The lane goes on by itself once the cause is gone.",
    });
    this.#add("OperationsFailed", {
      metric: dispatch.metric("OperationsFailed", total),
      threshold: 1,
      text: "Adobe has refused operations for good. GET /v1/operations?status=failed lists them with the reason: mend that, then POST /v1/operations/{id}/retry, or submit a corrected operation.",
    });
    this.#add("QueueAge", {
      // AWS leaves out messages that were received over and over; with FIFO order these are at most the first ten. If
      // there are no others, their cause has an alarm of its own.
      metric: workQueue.queue.metricApproximateAgeOfOldestMessage(highest),
      threshold: Duration.hours(settings.queueAgeAlarmHours).toSeconds(),
      text: `Operations have waited for more than ${settings.queueAgeAlarmHours} hours. After a large import this is normal (Adobe takes 100 commands a minute); otherwise the lane is stuck. GET /v1/operations?status=queued says in "waiting" what they wait for and until when. None is lost: after ${settings.parkedAfterDays} days they are parked in the waiting room.`,
    });
    this.#add("OldestParked", {
      metric: sweep.metric("OldestParkedAge", highest),
      threshold: Duration.hours(settings.parkedAgeAlarmHours).toSeconds(),
      periods: betweenSweeps,
      text: `An operation in the waiting room was queued more than ${settings.parkedAgeAlarmHours} hours ago; scheduled ones do not count. GET /v1/operations?waiting=<reason> lists them: held (Adobe is too busy for it, or fails at it), suspect (Adobe fails at requests with it), unsettled (Adobe did not answer its last try), behind (an earlier operation must go first). Others go on meanwhile. Mend the cause. During an outage or a pause this alarm is normal.`,
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
      text: `Somebody paused the lane more than ${settings.pauseAlarmHours} hours ago, and everything waits. Nothing is lost. If the pause was forgotten, POST /v1/lane/resume ends it.`,
    });
    this.#add("OperationsReturned", {
      metric: rescue.metric("OperationsReturned", total),
      threshold: 1,
      text: `Operations were received from SQS ${settings.maxReceiveCount} times. They have been parked in the waiting room, and go on from there. This happens if dispatch cannot start, or crashes at every batch, for days: see its log, and deploy a version that works. Their order against work that was sent meanwhile is not promised.`,
    });
    this.#add("DeadLetters", {
      metric: workQueue.deadLetterQueue.metricApproximateNumberOfMessagesVisible(highest),
      threshold: 1,
      text: `The dead-letter queue holds a message that is not an operation of this service's form; its attribute "reason" says why. It holds nothing up. Read it, find out where it came from, and delete it.`,
    });
    this.#add("ErrorsLogged", {
      metric: errorsLogged(props.metricsNamespace, total),
      threshold: 1,
      text: "A function has met an error that it did not foresee: a missing permission, a table or queue that does not answer, or a fault in the service. Queued operations are tried again; a caller of the API got a 500 and can repeat the call. Look for level ERROR in the functions' logs.",
    });
    this.#add("DispatchErrors", {
      metric: dispatch.function.metricErrors(total),
      threshold: 1,
      text: "Dispatch could not start or was killed: it ran out of time or memory, or its environment is wrong. Its messages come back by themselves, and requests in flight are repeated safely. See its log; if it happens again, deploy the version before.",
    });
    this.#add("ReleaseErrors", {
      metric: release.function.metricErrors(total),
      threshold: 1,
      text: "The releaser has failed. It runs again within a minute. If it keeps failing, due operations of the waiting room are sent only along with new work, and scheduled ones are not sent. Nothing is lost. See its log.",
    });
    this.#add("RescueErrors", {
      metric: rescue.function.metricErrors(total),
      threshold: 1,
      text: "Operations that were received from SQS too often could not be parked. The next try comes by itself; until then they stay in the queue for returned messages, for 14 days. See the log of rescue.",
    });
    this.#add("SweepErrors", {
      metric: sweep.function.metricErrors(total),
      threshold: 1,
      text: `The sweeper has failed. It runs again within ${settings.sweepIntervalMinutes} minutes. If it keeps failing, operations are not parked before SQS forgets their messages, 14 days after they were queued, and no alarm tells how long work waits. See its log.`,
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
