import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { settings } from "./settings.ts";

export interface WorkQueueProps {
  /** What happens to both queues, and what they hold, when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /**
   * Told when a message is dead-lettered, and when none is left.
   *
   * @default - the alarm is there and tells nobody
   */
  readonly alarmTopic?: ITopic | undefined;
}

/** The FIFO queue that holds accepted work, its FIFO dead-letter queue, and the alarm on that. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const fifo = {
      fifo: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: props.removalPolicy,
    };

    this.deadLetterQueue = new Queue(this, "DeadLetterQueue", {
      ...fifo,
      retentionPeriod: Duration.days(settings.deadLetterRetentionDays),
    });
    this.queue = new Queue(this, "Queue", {
      ...fifo,
      retentionPeriod: Duration.days(settings.queueRetentionDays),
      visibilityTimeout: Duration.seconds(settings.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: settings.maxReceiveCount },
    });

    const alarm = this.deadLetterQueue
      .metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: "Maximum" })
      .createAlarm(this, "DeadLetterAlarm", {
        alarmDescription: "A message is dead-lettered: poison, or received too often. It holds nobody up; see why.",
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    if (props.alarmTopic) {
      const notify = new SnsAction(props.alarmTopic);
      alarm.addAlarmAction(notify);
      alarm.addOkAction(notify);
    }
  }
}
