import { Duration, Stack, Validations } from "aws-cdk-lib";
import { type IQueue, Queue, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type FifoQueueProps, fifoQueue } from "./fifo-queue.ts";
import { settings } from "./settings.ts";

export interface WorkQueuesProps extends FifoQueueProps {
  /** Names of existing queues to use as they are; undefined for new ones. */
  readonly existing: {
    readonly queue: string | undefined;
    readonly returnedQueue: string | undefined;
    readonly deadLetterQueue: string | undefined;
  };
}

/** The FIFO queue with accepted work, and the two queues to which its messages may be moved. */
export class WorkQueues extends Construct {
  readonly queue: IQueue;
  /**
   * The queue to which SQS moves messages that were received too often. They are healthy work, and are received from
   * there.
   */
  readonly returnedQueue: IQueue;
  /**
   * The queue to which the functions move messages that are not of this service's form. Only an operator takes them
   * from there.
   */
  readonly deadLetterQueue: IQueue;

  constructor(scope: Construct, id: string, { existing, ...props }: WorkQueuesProps) {
    super(scope, id);
    const fifo = fifoQueue(props);

    this.deadLetterQueue =
      this.#existing("ExistingDeadLetterQueue", existing.deadLetterQueue) ?? this.#newDeadLetterQueue(fifo);
    const returnedQueue =
      this.#existing("ExistingReturnedQueue", existing.returnedQueue) ??
      new Queue(this, "ReturnedQueue", {
        ...fifo,
        visibilityTimeout: Duration.seconds(settings.returnedVisibilityTimeoutSeconds),
      });
    this.returnedQueue = returnedQueue;
    this.queue =
      this.#existing("ExistingQueue", existing.queue) ??
      new Queue(this, "Queue", {
        ...fifo,
        visibilityTimeout: Duration.seconds(settings.visibilityTimeoutSeconds),
        deadLetterQueue: { queue: returnedQueue, maxReceiveCount: settings.maxReceiveCount },
      });
  }

  #existing(id: string, queueName: string | undefined): IQueue | undefined {
    if (queueName === undefined) return undefined;
    const queueArn = Stack.of(this).formatArn({ service: "sqs", resource: queueName });
    return Queue.fromQueueAttributes(this, id, { queueArn, fifo: true });
  }

  #newDeadLetterQueue(fifo: QueueProps): Queue {
    const queue = new Queue(this, "DeadLetterQueue", {
      ...fifo,
      retentionPeriod: Duration.days(settings.deadLetterRetentionDays),
    });
    Validations.of(queue).acknowledge({
      id: "AwsSolutions-SQS3",
      reason:
        "It is a dead-letter queue, filled by the functions and not by a redrive policy. Nothing receives from it.",
    });
    return queue;
  }
}
