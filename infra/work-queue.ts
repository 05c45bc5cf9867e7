import { Duration, type RemovalPolicy, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { settings } from "./settings.ts";

export interface WorkQueueProps {
  /** What happens to the queues, and what they hold, when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
}

/** The FIFO queue that holds accepted work, and the two that a message may leave it for. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  /** Where SQS moves what it has handed out too often. It is healthy work, and is taken up from there. */
  readonly returnedQueue: Queue;
  /** Where the functions put what is not a message of this service. Nobody takes it from there but an operator. */
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
    Validations.of(this.deadLetterQueue).acknowledge({
      id: "AwsSolutions-SQS3",
      reason:
        "It is a dead-letter queue, filled by the functions and not by a redrive policy. Nothing receives from it.",
    });
    this.returnedQueue = new Queue(this, "ReturnedQueue", {
      ...fifo,
      retentionPeriod: Duration.days(settings.queueRetentionDays),
      visibilityTimeout: Duration.seconds(settings.returnedVisibilityTimeoutSeconds),
    });
    this.queue = new Queue(this, "Queue", {
      ...fifo,
      retentionPeriod: Duration.days(settings.queueRetentionDays),
      visibilityTimeout: Duration.seconds(settings.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.returnedQueue, maxReceiveCount: settings.maxReceiveCount },
    });
  }
}
