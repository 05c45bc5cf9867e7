import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { settings } from "./settings.ts";

export interface WorkQueueProps {
  /** What happens to both queues, and what they hold, when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
}

/** The FIFO queue that holds accepted work and its FIFO dead-letter queue. */
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
  }
}
