// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the placeholders of Fn::Sub.
import { DescribeTableCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { chooseEndpoints } from "../../../infra/local/host/endpoints.ts";
import { httpApi, lambda, type Resources, writeAssembly } from "./support/assembly.ts";
import { fifoQueues, runAws } from "./support/aws.ts";
import { nowhere, runHost } from "./support/run.ts";

const table: Resources = {
  Ledger: {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      AttributeDefinitions: ["pk", "status", "order"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byStatus",
          KeySchema: [
            { AttributeName: "status", KeyType: "HASH" },
            { AttributeName: "order", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["user"] },
        },
      ],
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    },
  },
};
const secret: Resources = { Secret: { Type: "AWS::SecretsManager::Secret", Properties: { Description: "empty" } } };

describe("the resources of the template", () => {
  test("are created, queues with their attributes and dead-letter queues", async () => {
    const { endpoints, sqs } = await runAws();
    await runHost(writeAssembly(fifoQueues()), { endpoints });
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "Test-Queue.fifo" }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    expect(Attributes).toMatchObject({ FifoQueue: "true", VisibilityTimeout: "60" });
    expect(JSON.parse(Attributes?.["RedrivePolicy"] ?? "")).toMatchObject({
      deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:Test-Dead.fifo",
    });
  });

  test("are created, tables with their indexes", async () => {
    const { endpoints, dynamodb } = await runAws();
    await runHost(writeAssembly(table), { endpoints });
    const item = { pk: { S: "1" }, status: { S: "queued" }, order: { S: "a" }, user: { S: "u" }, other: { S: "o" } };
    await dynamodb.send(new PutItemCommand({ TableName: "Test-Ledger", Item: item }));
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName: "Test-Ledger",
        IndexName: "byStatus",
        KeyConditionExpression: "#status = :status",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":status": { S: "queued" } },
      }),
    );
    const { other: _, ...projected } = item;
    expect(Items).toEqual([projected]);
  });

  test("are created, a secret with the credentials that it waits for", async () => {
    const { endpoints, secretsManager } = await runAws();
    await runHost(writeAssembly(secret), { endpoints });
    const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: "Test-Secret" }));
    expect(SecretString).toBe('{"clientId":"local"}');
  });

  test("are found and left as they are where they exist already", async () => {
    const { endpoints, secretsManager, dynamodb, sqs } = await runAws();
    const folder = writeAssembly({ ...fifoQueues(), ...table, ...secret });
    const { host } = await runHost(folder, { endpoints });
    await host.stop();
    await secretsManager.send(new PutSecretValueCommand({ SecretId: "Test-Secret", SecretString: "mine" }));
    await dynamodb.send(new PutItemCommand({ TableName: "Test-Ledger", Item: { pk: { S: "1" } } }));
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "Test-Queue.fifo" }));
    await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: "x", MessageGroupId: "g", MessageDeduplicationId: "1" }),
    );

    await runHost(writeAssembly({ ...fifoQueues({ VisibilityTimeout: 90 }), ...table, ...secret }), { endpoints });
    const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: "Test-Secret" }));
    expect(SecretString).toBe("mine");
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: "Test-Ledger" }));
    expect(Table?.TableStatus).toBe("ACTIVE");
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "1", VisibilityTimeout: "60" });
  });

  test("are what functions are told of", async () => {
    const { endpoints } = await runAws();
    const code = "export const handler = async () => process.env";
    const Variables = {
      QUEUE_URL: { Ref: "Queue" },
      QUEUE_ARN: { "Fn::GetAtt": ["Queue", "Arn"] },
      TABLE_NAME: { Ref: "Ledger" },
      TABLE_ARN: { "Fn::GetAtt": ["Ledger", "Arn"] },
      SECRET_ID: { Ref: "Secret" },
      API: { "Fn::GetAtt": ["Api", "ApiEndpoint"] },
      SELF: { "Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:x" },
    };
    const worker = lambda("code", { Environment: { Variables } });
    const resources = { Worker: worker, ...fifoQueues(), ...table, ...secret, ...httpApi({ $default: "Worker" }) };
    const { host } = await runHost(writeAssembly(resources, { code }), { endpoints });
    expect(await (await fetch(host.apiUrl)).json()).toMatchObject({
      QUEUE_URL: `${endpoints.sqs}/000000000000/Test-Queue.fifo`,
      QUEUE_ARN: "arn:aws:sqs:us-east-1:000000000000:Test-Queue.fifo",
      TABLE_NAME: "Test-Ledger",
      TABLE_ARN: expect.stringMatching(/^arn:aws:dynamodb:us-east-1:\d{12}:table\/Test-Ledger$/),
      SECRET_ID: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:Test-Secret-/),
      API: host.apiUrl,
      SELF: "arn:aws:lambda:us-east-1:000000000000:x",
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    });
  });

  test("of a service that cannot be reached keep the host from starting, in one line", async () => {
    await expect(runHost(writeAssembly(secret), { endpoints: nowhere })).rejects.toThrow(
      /^Secrets Manager at http:\/\/127\.0\.0\.1:9 did not create what the stack needs: .*ECONNREFUSED.*$/,
    );
  });

  test("that wait for each other cannot be created, and the host says which", async () => {
    const { endpoints } = await runAws();
    const queue = (other: string) => ({
      Type: "AWS::SQS::Queue",
      Properties: { RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": [other, "Arn"] }, maxReceiveCount: 3 } },
    });
    const folder = writeAssembly({ One: queue("Two"), Two: queue("One") });
    await expect(runHost(folder, { endpoints })).rejects.toThrow(
      "The queues One, Two are dead-letter queues of each other",
    );
  });
});

test("a service runs elsewhere where its own variable says so", () => {
  expect(
    chooseEndpoints("http://embedded", { AWS_ENDPOINT_URL_SQS: "http://mine", AWS_ENDPOINT_URL: "ignored" }),
  ).toEqual({
    sqs: "http://mine",
    dynamodb: "http://embedded",
    secretsManager: "http://embedded",
    lambda: "http://embedded",
    others: "http://embedded",
  });
});
