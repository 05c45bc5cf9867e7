import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import { startLocalAws } from "../../../../infra/local/aws/server.ts";
import { chooseEndpoints, clientOptions, type Endpoints } from "../../../../infra/local/host/endpoints.ts";
import type { Resources } from "./assembly.ts";

/** The local AWS services and clients of them; gone after the test. */
export async function runAws() {
  const aws = await startLocalAws({ port: 0 });
  const endpoints: Endpoints = chooseEndpoints(aws.endpoint, {});
  const options = clientOptions(aws.endpoint);
  const sqs = new SQSClient(options);
  const dynamodb = new DynamoDBClient(options);
  const secretsManager = new SecretsManagerClient(options);
  onTestFinished(async () => {
    for (const client of [sqs, dynamodb, secretsManager]) client.destroy();
    await aws.close();
  });
  return { endpoints, sqs, dynamodb, secretsManager };
}

/** A FIFO queue with its dead-letter queue, which comes later in the template. */
export function fifoQueues(properties: object = {}): Resources {
  return {
    Queue: {
      Type: "AWS::SQS::Queue",
      Properties: {
        FifoQueue: true,
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 1000 },
        SqsManagedSseEnabled: true,
        ...properties,
      },
    },
    Dead: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true, MessageRetentionPeriod: 1209600 } },
  };
}

/** The queue's messages go to the function `Worker`. */
export function mapping(properties: object = {}): Resources {
  return {
    Messages: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: { "Fn::GetAtt": ["Queue", "Arn"] },
        FunctionName: { Ref: "Worker" },
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ...properties,
      },
    },
  };
}
