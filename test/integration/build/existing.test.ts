import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { permissionsIn } from "./permissions-in.ts";
import { templateOf } from "./template-of.ts";

const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:adobe-AbCdEf";
const dispatchHas = (variables: object) => ({
  Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: "dispatch", ...variables }) },
});

describe("what is there already is taken up, and nothing new is made in its place", () => {
  it("a secret", () => {
    const template = templateOf({ existingSecretArn: secretArn });
    template.resourceCountIs("AWS::SecretsManager::Secret", 0);
    template.hasResourceProperties("AWS::Lambda::Function", dispatchHas({ SECRET_ID: secretArn }));
    expect(permissionsIn(template, "Dispatch")).toContain(`Allow secretsmanager:GetSecretValue on "${secretArn}"`);
    template.hasOutput("CredentialsSecretArn", { Value: secretArn });
  });

  it("the tables, with the ledger's indexes", () => {
    const template = templateOf({ existingLedgerTableName: "ledger-restored", existingRoomTableName: "room-restored" });
    template.resourceCountIs("AWS::DynamoDB::Table", 0);
    template.hasResourceProperties(
      "AWS::Lambda::Function",
      dispatchHas({ TABLE_NAME: "ledger-restored", ROOM_TABLE_NAME: "room-restored" }),
    );
    const permissions = permissionsIn(template, "Operations").join("\n");
    expect(permissions).toContain(":table/ledger-restored");
    for (const index of ["byStatus", "byRoot", "byWaiting"]) expect(permissions).toContain(`/index/${index}`);
    template.hasOutput("TableName", { Value: "ledger-restored" });
  });

  it("the queues, which keep what they hold, and from which the functions go on", () => {
    const template = templateOf({
      existingQueueName: "work.fifo",
      existingReturnedQueueName: "returned.fifo",
      existingDeadLetterQueueName: "dead.fifo",
    });
    template.resourceCountIs("AWS::SQS::Queue", 0);
    const sources = Object.values(template.findResources("AWS::Lambda::EventSourceMapping"));
    expect(sources.map(({ Properties }) => JSON.stringify(Properties.EventSourceArn))).toEqual([
      expect.stringContaining(":work.fifo"),
      expect.stringContaining(":returned.fifo"),
    ]);
    expect(permissionsIn(template, "Dispatch").join("\n")).toContain(":dead.fifo");
  });

  it("one of them, while the others are new", () => {
    const template = templateOf({ existingDeadLetterQueueName: "dead.fifo" });
    template.resourceCountIs("AWS::SQS::Queue", 2);
    template.resourceCountIs("AWS::DynamoDB::Table", 2);
  });
});
