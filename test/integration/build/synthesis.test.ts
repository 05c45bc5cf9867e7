import { App, CfnResource, Stack, Validations } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { CfnQueue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import type { IConstruct } from "constructs";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folders.ts";
import { checkedApp } from "./checked-app.ts";
import { instance } from "./template-of.ts";

function find<Kind>(root: IConstruct, path: string, isKind: (found: IConstruct) => found is IConstruct & Kind): Kind {
  const found = root.node.findAll().find(({ node }) => node.path.endsWith(path));
  if (!found || !isKind(found)) throw new Error(`Nothing of that kind at ${path}.`);
  return found;
}
const isQueue = (found: IConstruct): found is CfnQueue => found instanceof CfnQueue;

describe("synthesis", () => {
  it("passes with nothing found, traced or not", () => {
    expect(() => checkedApp({ tracing: true }).app.synth()).not.toThrow();
  });

  it("passes with everything chosen that brings resources of its own", () => {
    const { app } = checkedApp({
      jwtIssuer: "https://login.example.com/",
      jwtAudience: ["hr"],
      domainName: "umapi.example.com",
      certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
      encryptionKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012",
      existingSecretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:adobe-AbCdEf",
      existingQueueName: "work.fifo",
      existingReturnedQueueName: "returned.fifo",
      existingDeadLetterQueueName: "dead.fifo",
      existingLedgerTableName: "ledger",
      existingRoomTableName: "room",
    });
    expect(() => app.synth()).not.toThrow();
  });

  const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";
  it.each([
    ["with a key of its own", { encryptionKeyArn: keyArn }],
    ["with tokens in place of signatures", { jwtIssuer: "https://login.example.com/", jwtAudience: ["hr"] }],
    [
      "with two topics",
      {
        pageTopicArn: "arn:aws:sns:eu-west-1:111122223333:page",
        ticketTopicArn: "arn:aws:sns:eu-west-1:111122223333:ticket",
      },
    ],
  ])("passes with nothing found %s", (_, props) => {
    expect(() => checkedApp(props).app.synth()).not.toThrow();
  });

  it("passes with nothing found where somebody's own stack has two instances", () => {
    const app = new App({ outdir: temporaryFolder() });
    const stack = new Stack(app, "Accounts");
    for (const id of ["Emea", "Apac"])
      instance(stack, id, { encryptionKey: new Key(stack, `${id}Key`, { enableKeyRotation: true }) });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });

  it("fails on a fault that an escape hatch brought in, saying what, where and how to mend it", () => {
    const { app, stack } = checkedApp();
    find(stack, "WorkQueue/Queue/Resource", isQueue).addPropertyOverride("VisibilityTimeout", 60);
    expect(() => app.synth()).toThrow(
      /hides a received message for 60 s.*may run for 180 s\. .*Set it to at least 180 s[\s\S]*UmapiWorkers\/Workers\/WorkQueue\/Queue\/Resource/,
    );
  });

  it("fails on a cdk-nag finding that nobody has acknowledged", () => {
    const { app, stack } = checkedApp();
    new Bucket(stack, "Bucket");
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
  });

  it("fails on a property that CloudFormation does not know", () => {
    const { app, stack } = checkedApp();
    new CfnResource(stack, "Odd", { type: "AWS::SQS::Queue", properties: { FifoQueue: "perhaps" } });
    expect(() => app.synth()).toThrow(/FifoQueue/);
  });
});
