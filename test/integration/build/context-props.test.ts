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
      "umapi:tracing": "false",
      "umapi:httpsProxy": "http://proxy.example.com:3128",
      "umapi:noProxy": ".example.com",
      "umapi:extraCaCerts": "ca.pem",
      "umapi:alarmTopicArn": topic,
      "umapi:removalPolicy": "destroy",
    });
    expect(chosen).toEqual({
      allowAccountDeletion: true,
      actionBudget: "5/60",
      lane: "emea",
      auth: "jwt",
      tracing: false,
      httpsProxy: "http://proxy.example.com:3128",
      noProxy: ".example.com",
      extraCaCerts: "ca.pem",
      alarmTopicArn: topic,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  });

  it("may be booleans, as cdk.json has them", () => {
    expect(contextProps({ "umapi:tracing": true, "umapi:allowAccountDeletion": false })).toEqual({
      tracing: true,
      allowAccountDeletion: false,
    });
  });

  it("are none where none is made, whatever else the context holds", () => {
    expect(contextProps({ "aws:cdk:enable-path-metadata": true, auth: "basic" })).toEqual({});
  });

  it.each([
    [{ "umapi:auth": "basic" }, "umapi:auth: expected oauth or jwt"],
    [{ "umapi:tracing": "yes" }, "umapi:tracing: expected true or false"],
    [{ "umapi:actionBudget": 10 }, 'umapi:actionBudget: expected requests/seconds, such as "10/60"'],
    [{ "umapi:alarmTopicArn": "told" }, "umapi:alarmTopicArn: expected the ARN of an SNS topic"],
    [{ "umapi:removalPolicy": "snapshot" }, "umapi:removalPolicy: expected retain or destroy"],
    [{ "umapi:alarmTopic": topic }, "umapi:alarmTopic is not known; known are umapi:allowAccountDeletion, "],
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

  afterEach(() => vi.unstubAllEnvs());
});
