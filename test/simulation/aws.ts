import * as dynamodbSdk from "@aws-sdk/client-dynamodb";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as lambdaSdk from "@aws-sdk/client-lambda";
import { CreateEventSourceMappingCommand, LambdaClient } from "@aws-sdk/client-lambda";
import * as secretsSdk from "@aws-sdk/client-secrets-manager";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as sqsSdk from "@aws-sdk/client-sqs";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as ssmSdk from "@aws-sdk/client-ssm";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Service } from "../../infra/local/aws/service.ts";
import { settings } from "../../infra/settings.ts";
import { documents } from "../../shared/dynamo/documents.ts";
import { fromAttributes, toAttributes } from "./attribute-map.ts";
import { directly } from "./direct-calls.ts";
import { ledgerTable, roomTable } from "./ledger-table.ts";

export const queueName = "work.fifo";
export const returnedQueueName = `returned-${queueName}`;
export const deadLetterQueueName = `dead-${queueName}`;
export const deliveryQueueName = "deliveries.fifo";
const deadDeliveriesName = `dead-${deliveryQueueName}`;
export const secretId = "adobe";
export const webhookSecretId = "webhooks";
/** The mapping of each consumer. */
export const mappingIds = { dispatch: "mapping-of-dispatch", rescue: "mapping-of-rescue" } as const;

export const queueUrl = (name: string) => `http://sqs.test/000000000000/${name}`;
export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

const local = { region: "us-east-1", endpoint: "http://aws.test" };

/** AWS SDK clients of services in this process. */
export function clientsOf(services: {
  readonly sqs: Service;
  readonly dynamo: Service;
  readonly secrets: Service;
  readonly lambda: Service;
  readonly ssm: Service;
}) {
  const { sqs, dynamo, secrets, lambda, ssm } = services;
  return {
    sqs: directly(new SQSClient(local), sqs, sqsSdk),
    dynamo: directly(documents(new DynamoDBClient(local)), dynamo, dynamodbSdk, toAttributes, fromAttributes),
    secrets: directly(new SecretsManagerClient(local), secrets, secretsSdk),
    lambda: directly(new LambdaClient(local), lambda, lambdaSdk),
    ssm: directly(new SSMClient(local), ssm, ssmSdk),
  };
}

/** Makes the queues, the tables, the secret and the mappings as the stack describes them. */
export async function createResources(
  { sqs, dynamo, secrets, lambda }: ReturnType<typeof clientsOf>,
  secret: string,
): Promise<void> {
  const attributes = {
    FifoQueue: "true",
    MessageRetentionPeriod: String(settings.queueRetentionDays * 24 * 60 * 60),
  };
  await sqs.send(new CreateQueueCommand({ QueueName: deadLetterQueueName, Attributes: attributes }));
  await sqs.send(
    new CreateQueueCommand({
      QueueName: returnedQueueName,
      Attributes: { ...attributes, VisibilityTimeout: String(settings.returnedVisibilityTimeoutSeconds) },
    }),
  );
  await sqs.send(
    new CreateQueueCommand({
      QueueName: queueName,
      Attributes: {
        ...attributes,
        VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn(returnedQueueName),
          maxReceiveCount: settings.maxReceiveCount,
        }),
      },
    }),
  );
  await sqs.send(new CreateQueueCommand({ QueueName: deadDeliveriesName, Attributes: attributes }));
  await sqs.send(
    new CreateQueueCommand({
      QueueName: deliveryQueueName,
      Attributes: {
        ...attributes,
        VisibilityTimeout: String(settings.deliveriesVisibilityTimeoutSeconds),
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn(deadDeliveriesName),
          maxReceiveCount: settings.maxReceiveCount,
        }),
      },
    }),
  );
  for (const table of [ledgerTable, roomTable]) await dynamo.send(new CreateTableCommand(table));
  await secrets.send(new CreateSecretCommand({ Name: secretId, SecretString: secret }));
  for (const [queue, FunctionName] of [
    [queueName, "dispatch"],
    [returnedQueueName, "rescue"],
  ] as const)
    await lambda.send(new CreateEventSourceMappingCommand({ EventSourceArn: queueArn(queue), FunctionName }));
}
