import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  PurgeQueueInProgress,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  TooManyEntriesInBatchRequest,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type LocalAws, startLocalAws } from "../../../infra/local/aws/server.ts";
import { patience } from "../../support/patience.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

describe("local AWS over HTTP, with the SDK's own clients", () => {
  let aws: LocalAws;
  let sqs: SQSClient;
  let secrets: SecretsManagerClient;
  let dynamoDb: DynamoDBClient;

  beforeAll(async () => {
    aws = await startLocalAws({ port: 0 });
    const config = { region: "us-east-1", endpoint: aws.endpoint, credentials, maxAttempts: 1 };
    sqs = new SQSClient(config);
    secrets = new SecretsManagerClient(config);
    dynamoDb = new DynamoDBClient(config);
  });

  afterAll(async () => {
    for (const client of [sqs, secrets, dynamoDb]) client.destroy();
    await aws.close();
  });

  async function createQueue(name: string): Promise<string> {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true" } }),
    );
    return QueueUrl ?? "";
  }

  it("carries a message with text, number and binary attributes there and back, its checksums verified", async () => {
    const QueueUrl = await createQueue("round-trip.fifo");
    const MessageAttributes = {
      greeting: { DataType: "String", StringValue: "grüße" },
      count: { DataType: "Number.int", StringValue: "7" },
      bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255, 128) },
    };
    const sent = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: '{"naïve":"☃"}', MessageGroupId: "lane", MessageAttributes }),
    );
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] }),
    );
    expect(Messages).toHaveLength(1);
    expect(Messages[0]).toMatchObject({
      MessageId: sent.MessageId,
      Body: '{"naïve":"☃"}',
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { MessageGroupId: "lane", SequenceNumber: sent.SequenceNumber, ApproximateReceiveCount: "1" },
    });
    expect(Messages[0]?.MessageAttributes?.["bytes"]?.BinaryValue).toEqual(Uint8Array.of(0, 255, 128));
    expect(Messages[0]?.MessageAttributes?.["greeting"]?.StringValue).toBe("grüße");
  });

  it("answers a queue's URL on its own endpoint", async () => {
    const QueueUrl = await createQueue("address.fifo");
    expect(QueueUrl).toBe(`${aws.endpoint}/000000000000/address.fifo`);
    expect(await sqs.send(new GetQueueUrlCommand({ QueueName: "address.fifo" }))).toMatchObject({ QueueUrl });
  });

  it("makes the SDK throw its own exception classes", async () => {
    const QueueUrl = await createQueue("errors.fifo");
    const missing = sqs.send(new GetQueueUrlCommand({ QueueName: "nowhere.fifo" }));
    await expect(missing).rejects.toThrow(QueueDoesNotExist);
    await expect(missing).rejects.toMatchObject({ Code: "AWS.SimpleQueueService.NonExistentQueue" });
    const forged = sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "forged" }));
    await expect(forged).rejects.toThrow(ReceiptHandleIsInvalid);
    const Entries = Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, MessageBody: "x", MessageGroupId: "g" }));
    const many = sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    await expect(many).rejects.toThrow(TooManyEntriesInBatchRequest);
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toThrow(PurgeQueueInProgress);
  });

  it("names errors that the SDK has no class for, as SQS does", async () => {
    const QueueUrl = await createQueue("common-errors.fifo");
    const withoutGroup = sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
    await expect(withoutGroup).rejects.toMatchObject({
      name: "MissingParameter",
      message: "The request must contain the parameter MessageGroupId.",
      $fault: "client",
    });
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }))).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
    });
  });

  it("keeps secrets and tables beside the queues, on the same endpoint", async () => {
    await secrets.send(new CreateSecretCommand({ Name: "adobe", SecretString: "s3cret" }));
    const read = await secrets.send(new GetSecretValueCommand({ SecretId: "adobe" }));
    expect(read).toMatchObject({ SecretString: "s3cret", VersionStages: ["AWSCURRENT"] });
    expect(read.CreatedDate).toBeInstanceOf(Date);
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: "other" }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    await dynamoDb.send(
      new CreateTableCommand({
        TableName: "ledger",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
    const Item = { id: { S: "1" }, status: { S: "queued" } };
    await dynamoDb.send(new PutItemCommand({ TableName: "ledger", Item }));
    const got = await dynamoDb.send(new GetItemCommand({ TableName: "ledger", Key: { id: { S: "1" } } }));
    expect(got.Item).toEqual(Item);
  });

  it.each([
    [{ "x-amz-target": "AWSEvents.PutEvents" }, 404, /No local service answers X-Amz-Target AWSEvents.PutEvents/],
    [{}, 404, /This request has no X-Amz-Target/],
    [{ "x-amz-target": "AmazonSQS.AddPermission" }, 400, /has no action AddPermission; it has CreateQueue/],
    [{ "x-amz-target": "AmazonSQS.constructor" }, 400, /has no action constructor/],
  ])("answers a request that nobody serves with a clear JSON error: %j", async (headers, status, message) => {
    const response = await fetch(aws.endpoint, { method: "POST", headers, body: "{}" });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      __type: expect.stringMatching(/UnknownOperationException$/),
      message: expect.stringMatching(message),
    });
  });

  it("says at GET / what it is, and which services answer", async () => {
    const response = await fetch(aws.endpoint);
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        server: "umapi-workers AWS endpoint",
        endpoints: [
          "POST / with X-Amz-Target: AmazonSQS.{action}",
          "POST / with X-Amz-Target: secretsmanager.{action}",
          "POST / with X-Amz-Target: AmazonSSM.{action}",
          "POST / with X-Amz-Target: DynamoDB_20120810.{action}",
        ],
      },
    ]);
  });

  it("answers a body that is not JSON, or of the wrong shape, with a SerializationException", async () => {
    const headers = { "x-amz-target": "AmazonSQS.CreateQueue" };
    for (const body of ["{", '"text"', '{"QueueName": 7}']) {
      const response = await fetch(aws.endpoint, { method: "POST", headers, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: expect.stringMatching(/SerializationException$/) });
    }
  });
});

describe("long polls over HTTP", () => {
  async function startPoll() {
    const clock = new SimulatedClock();
    const aws = await startLocalAws({ port: 0, clock });
    const sqs = new SQSClient({ region: "us-east-1", endpoint: aws.endpoint, credentials, maxAttempts: 1 });
    const Attributes = { FifoQueue: "true", ContentBasedDeduplication: "true" };
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "poll.fifo", Attributes }));
    const caller = new AbortController();
    const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
    const polled = sqs.send(receive, { abortSignal: caller.signal });
    await vi.waitFor(() => expect(clock.nextDeadline).toBeDefined(), patience);
    const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "late", MessageGroupId: "g" }));
    return { aws, sqs, QueueUrl, clock, caller, polled, send };
  }

  it("are woken by a message sent over another connection", async () => {
    const { aws, polled, send } = await startPoll();
    await send();
    expect((await polled).Messages?.map(({ Body }) => Body)).toEqual(["late"]);
    await aws.close();
  });

  it("take no message once their caller has gone", async () => {
    const { aws, sqs, QueueUrl, clock, caller, polled, send } = await startPoll();
    caller.abort();
    await expect(polled).rejects.toThrow();
    await vi.waitFor(() => expect(clock.nextDeadline).toBeUndefined(), patience);
    await send();
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(["late"]);
    await aws.close();
  });

  it("are cut when the server closes, which frees the port", async () => {
    const { aws, clock, polled } = await startPoll();
    const cut = expect(polled).rejects.toThrow();
    await aws.close();
    await cut;
    await vi.waitFor(() => expect(clock.nextDeadline).toBeUndefined(), patience);
    const next = await startLocalAws({ port: Number(new URL(aws.endpoint).port) });
    expect(next.endpoint).toBe(aws.endpoint);
    await next.close();
  });
});

describe("starting local AWS", () => {
  it("rejects with EADDRINUSE for a taken port", async () => {
    const first = await startLocalAws({ port: 0 });
    const port = Number(new URL(first.endpoint).port);
    await expect(startLocalAws({ port })).rejects.toMatchObject({ code: "EADDRINUSE", port });
    await first.close();
  });
});
