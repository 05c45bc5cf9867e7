import { RemovalPolicy } from "aws-cdk-lib";
import { CfnAlarm } from "aws-cdk-lib/aws-cloudwatch";
import { afterEach, describe, expect, it, vi } from "vitest";
import { contextProps } from "../../../infra/context-props.ts";
import { checkedApp } from "./checked-app.ts";

const topic = "arn:aws:sns:eu-west-1:111122223333:told";

describe("the choices in the CDK context", () => {
  it("come as text from the command line", () => {
    const chosen = contextProps({
      "umapi:allowAccountDeletion": "true",
      "umapi:actionBudget": "5/60",
      "umapi:lane": "emea",
      "umapi:auth": "jwt",
      "umapi:leaversFirst": "false",
      "umapi:tracing": "false",
      "umapi:httpsProxy": "http://proxy.example.com:3128",
      "umapi:noProxy": ".example.com",
      "umapi:extraCaCerts": "ca.pem",
      "umapi:alarmTopicArn": topic,
      "umapi:pageTopicArn": `${topic}-page`,
      "umapi:ticketTopicArn": `${topic}-ticket`,
      "umapi:jwtIssuer": "https://login.example.com/",
      "umapi:jwtAudience": "hr, it",
      "umapi:domainName": "umapi.example.com",
      "umapi:certificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/a",
      "umapi:encryptionKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/a",
      "umapi:stackName": "adobe-emea",
      "umapi:terminationProtection": "true",
      "umapi:existingQueueName": "work.fifo",
      "umapi:publishParameters": "false",
      "umapi:removalPolicy": "destroy",
    });
    expect(chosen).toEqual({
      allowAccountDeletion: true,
      actionBudget: "5/60",
      lane: "emea",
      auth: "jwt",
      leaversFirst: false,
      tracing: false,
      httpsProxy: "http://proxy.example.com:3128",
      noProxy: ".example.com",
      extraCaCerts: "ca.pem",
      alarmTopicArn: topic,
      pageTopicArn: `${topic}-page`,
      ticketTopicArn: `${topic}-ticket`,
      jwtIssuer: "https://login.example.com/",
      jwtAudience: ["hr", "it"],
      domainName: "umapi.example.com",
      certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/a",
      encryptionKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/a",
      stackName: "adobe-emea",
      terminationProtection: true,
      existingQueueName: "work.fifo",
      publishParameters: false,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  });

  it("may be booleans and lists, as cdk.json has them", () => {
    expect(
      contextProps({
        "umapi:tracing": true,
        "umapi:allowAccountDeletion": false,
        "umapi:jwtAudience": ["hr", "it"],
      }),
    ).toEqual({ tracing: true, allowAccountDeletion: false, jwtAudience: ["hr", "it"] });
  });

  it("are none where none is made, whatever else the context holds", () => {
    expect(contextProps({ "aws:cdk:enable-path-metadata": true, auth: "basic" })).toEqual({});
  });

  it.each([
    [{ "umapi:auth": "basic" }, "umapi:auth: expected oauth or jwt"],
    [{ "umapi:tracing": "yes" }, "umapi:tracing: expected true or false"],
    [{ "umapi:actionBudget": 10 }, 'umapi:actionBudget: expected requests/seconds, such as "10/60"'],
    [{ "umapi:removalLimit": 0 }, 'umapi:removalLimit: expected removals/seconds, such as "100/3600", or off'],
    [{ "umapi:alarmTopicArn": "told" }, "umapi:alarmTopicArn: expected the ARN of an SNS topic"],
    [{ "umapi:removalPolicy": "snapshot" }, "umapi:removalPolicy: expected retain or destroy"],
    [{ "umapi:stackName": "adobe_emea" }, "umapi:stackName: expected 1 to 128 letters, digits and hyphens"],
    [{ "umapi:certificateArn": "a" }, "umapi:certificateArn: expected the ARN of a certificate"],
    [{ "umapi:encryptionKeyArn": "alias/a" }, "umapi:encryptionKeyArn: expected the ARN of a key"],
    [{ "umapi:jwtAudience": 1 }, "umapi:jwtAudience: expected audiences, separated by commas"],
    [{ "umapi:alarmTopic": topic }, "umapi:alarmTopic is not known; known are umapi:stackName, "],
  ])("are refused if they are %j", (context, message) => {
    expect(() => contextProps(context)).toThrow(message);
  });

  it("are refused all at once", () => {
    const refuse = () => contextProps({ "umapi:auth": "", "umapi:tracin": "true" });
    expect(refuse).toThrow(/umapi:auth: .*; umapi:tracin is not known/);
  });

  it("reach the ready stack, as the CDK CLI hands them over", () => {
    vi.stubEnv("CDK_CONTEXT_JSON", JSON.stringify({ "umapi:alarmTopicArn": topic }));
    const { app, stack } = checkedApp();
    const alarms = app.node.findAll().filter((found) => found instanceof CfnAlarm);
    expect(alarms.length).toBeGreaterThan(0);
    for (const { alarmActions } of alarms) expect(stack.resolve(alarmActions)).toEqual([topic]);
  });

  it("call the stack by another name, while its resources keep theirs, and guard it from being deleted", () => {
    vi.stubEnv(
      "CDK_CONTEXT_JSON",
      JSON.stringify({ "umapi:stackName": "adobe-emea", "umapi:terminationProtection": "true" }),
    );
    const { app, stack } = checkedApp();
    const { stacks } = app.synth();
    expect(stacks.map(({ stackName, terminationProtection }) => [stackName, terminationProtection])).toEqual([
      ["adobe-emea", true],
    ]);
    expect(stack.resolve(stack.node.findAll().find((found) => found instanceof CfnAlarm)?.logicalId)).toMatch(
      /^Workers/,
    );
  });

  afterEach(() => vi.unstubAllEnvs());
});
