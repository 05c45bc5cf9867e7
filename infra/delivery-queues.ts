import { Duration } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type FifoQueueProps, fifoQueue } from "./fifo-queue.ts";
import { settings } from "./settings.ts";

/** The FIFO queue of deliveries, whose message groups are the records, and its dead-letter queue. */
export class DeliveryQueues extends Construct {
  readonly queue: Queue;
  /** Holds messages that no version could read; the deliveries themselves are in the table. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: FifoQueueProps) {
    super(scope, id);
    const fifo = fifoQueue(props);
    this.deadLetterQueue = new Queue(this, "DeadLetterQueue", fifo);
    this.queue = new Queue(this, "Queue", {
      ...fifo,
      visibilityTimeout: Duration.seconds(settings.deliveriesVisibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: settings.maxReceiveCount },
    });
  }
}
