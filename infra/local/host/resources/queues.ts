import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueNameExists,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { SetupError } from "../setup-error.ts";
import { amount, flag, type Stack } from "../stack.ts";
import type { Resource } from "../template.ts";

/** Encryption is left out, because nothing is stored on disk here. */
const attributeProperties = {
  FifoQueue: z.optional(flag),
  ContentBasedDeduplication: z.optional(flag),
  DeduplicationScope: z.optional(z.string()),
  FifoThroughputLimit: z.optional(z.string()),
  DelaySeconds: z.optional(amount),
  MaximumMessageSize: z.optional(amount),
  MessageRetentionPeriod: z.optional(amount),
  ReceiveMessageWaitTimeSeconds: z.optional(amount),
  VisibilityTimeout: z.optional(amount),
  RedrivePolicy: z.optional(z.record(z.string(), z.unknown())),
  RedriveAllowPolicy: z.optional(z.record(z.string(), z.unknown())),
};
const queueProperties = z.object({ QueueName: z.optional(z.string()), ...attributeProperties });

/** Creates or finds all queues; a dead-letter queue comes before the queue that names it. */
export async function createQueues(client: SQSClient, stack: Stack): Promise<void> {
  let waiting = stack.ofType("AWS::SQS::Queue");
  while (waiting.length > 0) {
    const ready = waiting.filter(({ properties }) => {
      const redrive = JSON.stringify(properties["RedrivePolicy"] ?? {});
      return !waiting.some(({ logicalId }) => redrive.includes(`"${logicalId}"`));
    });
    if (ready.length === 0) {
      const names = waiting.map(({ logicalId }) => logicalId).join(", ");
      throw new SetupError(`The queues ${names} are dead-letter queues of each other, so none can be created first`);
    }
    for (const resource of ready) await createQueue(client, stack, resource);
    waiting = waiting.filter((resource) => !ready.includes(resource));
  }
}

async function createQueue(client: SQSClient, stack: Stack, resource: Resource): Promise<void> {
  const { QueueName: givenName, ...attributes } = stack.properties(resource, queueProperties);
  const QueueName = givenName ?? stack.physicalName(resource.logicalId, 80, attributes.FifoQueue ? ".fifo" : "");
  const QueueUrl = await createOrFind(client, QueueName, attributeStrings(attributes));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  const arn = Attributes?.["QueueArn"];
  if (QueueUrl === undefined || arn === undefined) {
    throw new SetupError(`The queue ${QueueName} was created, but its URL and ARN were not told`);
  }
  stack.define(resource.logicalId, { ref: QueueUrl, attributes: { Arn: arn, QueueName, QueueUrl } });
}

async function createOrFind(client: SQSClient, QueueName: string, Attributes: Record<string, string>) {
  try {
    return (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl;
  } catch (error) {
    if (!(error instanceof QueueNameExists)) throw error;
    return (await client.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  }
}

/** AWS: SQS takes every attribute as a string, and policies as JSON. A standard queue must not have FifoQueue. */
function attributeStrings(attributes: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name, value]) => value !== undefined && !(name === "FifoQueue" && value === false))
      .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]),
  );
}
