import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { settings } from "./settings.ts";

export interface FifoQueueProps {
  /** What happens to new queues and their messages when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts new queues; undefined for a key of SQS's own. */
  readonly encryptionKey: IKey | undefined;
}

/** What every queue of an instance has. */
export function fifoQueue({ removalPolicy, encryptionKey }: FifoQueueProps): QueueProps {
  return {
    fifo: true,
    ...(encryptionKey
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
      : { encryption: QueueEncryption.SQS_MANAGED }),
    enforceSSL: true,
    removalPolicy,
    retentionPeriod: Duration.days(settings.queueRetentionDays),
  };
}
