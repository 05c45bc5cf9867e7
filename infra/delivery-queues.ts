import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { settings } from "./settings.ts";

export interface DeliveryQueuesProps {
  /** What happens to the queues and their messages when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts the queues; undefined for a key of SQS's own. */
  readonly encryptionKey: IKey | undefined;
}

/** The FIFO queue of deliveries, whose message groups are the records, and its dead-letter queue. */
export class DeliveryQueues extends Construct {
  readonly queue: Queue;
  /** Holds messages that no version could read; the deliveries themselves are in the table. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { removalPolicy, encryptionKey }: DeliveryQueuesProps) {
    super(scope, id);
    const fifo: QueueProps = {
      fifo: true,
      ...(encryptionKey
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
        : { encryption: QueueEncryption.SQS_MANAGED }),
      enforceSSL: true,
      removalPolicy,
      retentionPeriod: Duration.days(settings.queueRetentionDays),
    };
    this.deadLetterQueue = new Queue(this, "DeadLetterQueue", fifo);
    this.queue = new Queue(this, "Queue", {
      ...fifo,
      visibilityTimeout: Duration.seconds(settings.deliveriesVisibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: settings.maxReceiveCount },
    });
  }
}
