import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { templateOf } from "./template-of.ts";

const template = templateOf();
const attribute = (pattern: string, name: string) => ({ "Fn::GetAtt": [Match.stringLikeRegexp(pattern), name] });
const fourteenDaysSeconds = 1_209_600;

describe("the queue keeps what was accepted", () => {
  it("is FIFO, keeps messages for 14 days, and hides a batch for longer than its function runs", () => {
    template.hasResource("AWS::SQS::Queue", {
      Properties: {
        FifoQueue: true,
        MessageRetentionPeriod: fourteenDaysSeconds,
        VisibilityTimeout: 210,
        RedrivePolicy: { deadLetterTargetArn: attribute("ReturnedQueue", "Arn"), maxReceiveCount: 1000 },
        SqsManagedSseEnabled: true,
      },
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
    });
  });

  it.each([
    ["what SQS has handed out too often", { VisibilityTimeout: 90 }],
    ["dead letters, which only the functions put there", { VisibilityTimeout: Match.absent() }],
  ])("has a FIFO queue for %s, which keeps messages as long", (_, properties) => {
    template.hasResource("AWS::SQS::Queue", {
      Properties: {
        FifoQueue: true,
        MessageRetentionPeriod: fourteenDaysSeconds,
        RedrivePolicy: Match.absent(),
        SqsManagedSseEnabled: true,
        ...properties,
      },
      DeletionPolicy: "Retain",
    });
    template.resourceCountIs("AWS::SQS::Queue", 3);
  });

  it("refuses requests without TLS on every queue", () => {
    template.allResourcesProperties("AWS::SQS::QueuePolicy", {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: "sqs:*",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          }),
        ],
      },
    });
    template.resourceCountIs("AWS::SQS::QueuePolicy", 3);
  });

  it.each([
    ["what is queued", "dispatch", /^WorkersWorkQueue[0-9A-F]{8}$/, /^WorkersDispatchWorkerFunction/],
    ["what SQS has returned", "rescue", /^WorkersWorkQueueReturnedQueue/, /^WorkersRescueWorkerFunction/],
  ])("hands %s in batches of ten to %s, which reports what failed, with no window and no filter", (...expected) => {
    const [, , queue, worker] = expected;
    const mappings = Object.values(template.findResources("AWS::Lambda::EventSourceMapping"));
    expect(mappings).toHaveLength(2);
    expect(mappings.map(({ Properties }) => Properties)).toContainEqual({
      BatchSize: 10,
      EventSourceArn: { "Fn::GetAtt": [expect.stringMatching(queue), "Arn"] },
      FunctionName: { Ref: expect.stringMatching(worker) },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });
});

describe("the ledger", () => {
  it("is kept: on demand, with point-in-time recovery, refusing deletion, expiring rows by expiresAt", () => {
    template.hasResource("AWS::DynamoDB::Table", {
      Properties: {
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
      DeletionPolicy: "Retain",
    });
  });

  it.each([
    ["byStatus", "status", []],
    ["byRoot", "root", ["status"]],
    ["byWaiting", "waiting", ["status"]],
  ])("lists operations %s in their order, with what a listing shows and no key named twice", (index, key, more) => {
    template.hasResourceProperties("AWS::DynamoDB::Table", {
      GlobalSecondaryIndexes: Match.arrayWith([
        {
          IndexName: index,
          KeySchema: [
            { AttributeName: key, KeyType: "HASH" },
            { AttributeName: "order", KeyType: "RANGE" },
          ],
          Projection: {
            ProjectionType: "INCLUDE",
            NonKeyAttributes: [
              ...["id", "user", "usergroup", "requestID", "charges", "acceptedAt", "updatedAt", "testOnly"],
              ...["notBefore", "error"],
              ...more,
            ],
          },
        },
      ]),
    });
  });
});

describe("the waiting room", () => {
  it("is kept as the ledger is, on demand, with a sort key; what is kept of leavers that have gone expires", () => {
    template.resourceCountIs("AWS::DynamoDB::Table", 2);
    template.hasResource("AWS::DynamoDB::Table", {
      Properties: {
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        BillingMode: "PAY_PER_REQUEST",
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        GlobalSecondaryIndexes: Match.absent(),
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
      DeletionPolicy: "Retain",
    });
  });
});

describe("the secret", () => {
  it("is created empty, so that nothing in it can be taken for a credential", () => {
    const [secret] = Object.values(template.findResources("AWS::SecretsManager::Secret"));
    expect(Object.keys(secret?.["Properties"])).toEqual(["Description"]);
    expect(secret?.["DeletionPolicy"]).toBe("Retain");
  });
});
