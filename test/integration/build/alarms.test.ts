import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { Match } from "aws-cdk-lib/assertions";
import { afterEach, describe, expect, it, vi } from "vitest";
import { projectRoot } from "../../../infra/bundle/bundle-worker.ts";
import { countEvents, logEvents } from "../../../shared/lambda/telemetry.ts";
import type { OperationId } from "../../../shared/operation/operation.ts";
import { templateOf } from "./template-of.ts";

const template = templateOf();

interface Alarm {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly AlarmDescription: string;
}
const alarms: [string, Alarm][] = Object.entries(template.findResources("AWS::CloudWatch::Alarm")).map(
  ([id, { Properties }]) => [id.replace(/^WorkersAlarms|[0-9A-F]{8}$/g, ""), Properties],
);
const failing = (pattern: RegExp) => [{ Name: "FunctionName", Value: { Ref: expect.stringMatching(pattern) } }];
const name = (pattern: RegExp) => ({ "Fn::GetAtt": [expect.stringMatching(pattern), "QueueName"] });

describe("an alarm goes off", () => {
  const of = (service: string) => [{ Name: "service", Value: service }];
  it.each([
    ["CredentialRefusals", "at the first", "UmapiWorkers", "CredentialRefusals", of("dispatch"), "Maximum", 1, 8],
    ["CredentialsUnreadable", "at the first", "UmapiWorkers", "CredentialsUnreadable", of("dispatch"), "Maximum", 1, 8],
    ["AdobeFailures", "at the third in a row", "UmapiWorkers", "AdobeFailures", of("dispatch"), "Maximum", 3, 26],
    ["OperationsFailed", "at the first", "UmapiWorkers", "OperationsFailed", of("dispatch"), "Sum", 1, 1],
    ["LeaversRefused", "at the first", "UmapiWorkers", "LeaversRefused", of("dispatch"), "Sum", 1, 1],
    ["RemovalsHeld", "at the first", "UmapiWorkers", "RemovalsHeld", of("dispatch"), "Sum", 1, 1],
    ["OperationsReturned", "at the first", "UmapiWorkers", "OperationsReturned", of("rescue"), "Sum", 1, 1],
    ["OldestParked", "after six hours", "UmapiWorkers", "OldestParkedAge", of("sweep"), "Maximum", 21_600, 5],
    ["OperationsUnreadable", "at the first", "UmapiWorkers", "OperationsUnreadable", of("sweep"), "Maximum", 1, 5],
    ["LanePaused", "after a day", "UmapiWorkers", "PauseAge", of("sweep"), "Maximum", 86_400, 5],
    [
      "QueueAge",
      "after six hours",
      "AWS/SQS",
      "ApproximateAgeOfOldestMessage",
      [{ Name: "QueueName", Value: name(/^WorkersWorkQueue[0-9A-F]{8}$/) }],
      "Maximum",
      21_600,
      1,
    ],
    [
      "DeadLetters",
      "at the first",
      "AWS/SQS",
      "ApproximateNumberOfMessagesVisible",
      [{ Name: "QueueName", Value: name(/^WorkersWorkQueueDeadLetterQueue/) }],
      "Maximum",
      1,
      1,
    ],
    ["ErrorsLogged", "at the first", "UmapiWorkers", "ErrorsLogged", undefined, "Sum", 1, 1],
    ["SendsRefused", "at the first", "UmapiWorkers", "SendsRefused", undefined, "Sum", 1, 1],
    ["MappingsOff", "at the first", "UmapiWorkers", "MappingsOff", of("sweep"), "Maximum", 1, 5],
    [
      "ApiErrors",
      "at the first",
      "AWS/ApiGateway",
      "5xx",
      [{ Name: "ApiId", Value: { Ref: expect.stringMatching(/^WorkersHttpApi/) } }],
      "Sum",
      1,
      1,
    ],
    ["SubmitErrors", "at the first", "AWS/Lambda", "Errors", failing(/^WorkersSubmitWorkerFunction/), "Sum", 1, 1],
    [
      "OperationsErrors",
      "at the first",
      "AWS/Lambda",
      "Errors",
      failing(/^WorkersOperationsWorkerFunction/),
      "Sum",
      1,
      1,
    ],
    ["OperateErrors", "at the first", "AWS/Lambda", "Errors", failing(/^WorkersOperateWorkerFunction/), "Sum", 1, 1],
    ["RetryErrors", "at the first", "AWS/Lambda", "Errors", failing(/^WorkersRetryWorkerFunction/), "Sum", 1, 1],
    ["DispatchErrors", "at the first", "AWS/Lambda", "Errors", failing(/^WorkersDispatchWorkerFunction/), "Sum", 1, 1],
    ["ReleaseErrors", "at the first", "AWS/Lambda", "Errors", failing(/^WorkersReleaseWorkerFunction/), "Sum", 1, 1],
    ["RescueErrors", "at the first", "AWS/Lambda", "Errors", failing(/^WorkersRescueWorkerFunction/), "Sum", 1, 1],
    ["SweepErrors", "at the first", "AWS/Lambda", "Errors", failing(/^WorkersSweepWorkerFunction/), "Sum", 1, 1],
  ])("for %s %s", (id, _when, Namespace, MetricName, Dimensions, Statistic, Threshold, EvaluationPeriods) => {
    const [, alarm] = alarms.find(([candidate]) => candidate === id) ?? [];
    expect(alarm).toEqual({
      Namespace,
      MetricName,
      ...(Dimensions && { Dimensions }),
      Statistic,
      Period: 300,
      Threshold,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      EvaluationPeriods,
      DatapointsToAlarm: 1,
      TreatMissingData: "notBreaching",
      AlarmDescription: expect.any(String),
    });
  });

  it.each([
    ["ReleaseStopped", "release", 300],
    ["SweepStopped", "sweep", 900],
  ])(
    "for %s where no run of %s comes to its end for three periods, because data that is missing counts",
    (...expected) => {
      const [id, service, Period] = expected;
      expect(new Map(alarms).get(id)).toEqual({
        Namespace: "UmapiWorkers",
        MetricName: "Runs",
        Dimensions: of(service),
        Statistic: "Sum",
        Period,
        Threshold: 1,
        ComparisonOperator: "LessThanThreshold",
        EvaluationPeriods: 3,
        DatapointsToAlarm: 3,
        TreatMissingData: "breaching",
        AlarmDescription: expect.any(String),
      });
    },
  );

  it("for nothing else, each with a text that fits and says more than its name", () => {
    expect(alarms).toHaveLength(26);
    for (const [id, { AlarmDescription }] of alarms) {
      expect(AlarmDescription.length, id).toBeGreaterThan(100);
      // AWS: an alarm's description has at most 1,024 characters.
      expect(AlarmDescription.length, id).toBeLessThanOrEqual(1024);
    }
  });
});

describe("what the alarms watch is what the functions emit", () => {
  type Event = Parameters<ReturnType<typeof countEvents>>[0];
  const operationId = "0".repeat(32) as OperationId;
  const blocked = { kind: "lane blocked", failures: 3, until: 0 } as const;
  const events: Record<string, readonly Event[]> = {
    dispatch: [
      { kind: "operation finished", operationId, status: "failed", attempts: 4 },
      { ...blocked, reason: "credentials-refused" },
      { ...blocked, reason: "credentials-unreadable" },
      { ...blocked, reason: "adobe-unavailable" },
      { kind: "leaver refused", operationId, code: "error.user.type_unknown" },
      { kind: "parked", operationId, reason: "removal-limit" },
    ],
    rescue: [{ kind: "returned by SQS", operationId }],
    sweep: [
      { kind: "unreadable operations", operations: 1 },
      { kind: "oldest parked", seconds: 3600 },
      { kind: "lane paused", seconds: 3600 },
      { kind: "mappings off", mappings: 0 },
    ],
  };

  it.each(
    alarms.filter(([, { Dimensions, MetricName }]) => Dimensions?.[0]?.Name === "service" && MetricName !== "Runs"),
  )("%s", (_id, alarm) => {
    const service = String(alarm.Dimensions?.[0]?.Value);
    const variables = environmentOf(service);
    const metrics = new Metrics({
      namespace: variables["POWERTOOLS_METRICS_NAMESPACE"] ?? "",
      serviceName: variables["POWERTOOLS_SERVICE_NAME"] ?? "",
    });
    events[service]?.forEach(countEvents(metrics));
    const { _aws, ...values } = metrics.serializeMetrics();
    const [emitted] = _aws.CloudWatchMetrics;
    expect(emitted?.Namespace).toBe(alarm.Namespace);
    expect(emitted?.Dimensions).toEqual([["service"]]);
    expect(values["service"]).toBe(service);
    expect(emitted?.Metrics.map((metric) => metric.Name)).toContain(alarm.MetricName);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it("ErrorsLogged, of every function: an error that nobody foresaw is a line at level ERROR", () => {
    vi.stubEnv("POWERTOOLS_LOG_LEVEL", environmentOf("dispatch")["POWERTOOLS_LOG_LEVEL"]);
    // Powertools writes to the console that a test can listen to.
    vi.stubEnv("POWERTOOLS_DEV", "true");
    const written = vi.spyOn(console, "error").mockReturnValue();
    logEvents(new Logger({ serviceName: "dispatch" }))({ kind: "unexpected error", name: "Error", location: "" });
    expect(written.mock.calls.map(([line]) => JSON.parse(line).level)).toEqual(["ERROR"]);

    filters('{ $.level = "ERROR" }', "ErrorsLogged");
  });

  it("SendsRefused, of every function: whatever SQS refuses is a line of one name", () => {
    filters('{ $.message = "send failed" }', "SendsRefused");
  });

  function filters(FilterPattern: string, MetricName: string): void {
    template.resourcePropertiesCountIs(
      "AWS::Logs::MetricFilter",
      {
        FilterPattern,
        LogGroupName: { Ref: Match.stringLikeRegexp("WorkerLog") },
        MetricTransformations: [{ MetricNamespace: "UmapiWorkers", MetricName, MetricValue: "1" }],
      },
      8,
    );
  }

  it("under the name of the stack, so that two stacks in one account leave each other's alarms alone", () => {
    const namespaces = new Set(alarms.map(([, { Namespace }]) => Namespace));
    expect([...namespaces].filter((namespace) => !namespace.startsWith("AWS/"))).toEqual(["UmapiWorkers"]);
    const other = templateOf({ stackName: "UmapiWorkersTest" });
    other.hasResourceProperties("AWS::CloudWatch::Alarm", {
      Namespace: "UmapiWorkersTest",
      MetricName: "AdobeFailures",
    });
    other.allResourcesProperties("AWS::Lambda::Function", {
      Environment: { Variables: Match.objectLike({ POWERTOOLS_METRICS_NAMESPACE: "UmapiWorkersTest" }) },
    });
  });
});

function environmentOf(service: string): Record<string, string> {
  const functions = Object.values(template.findResources("AWS::Lambda::Function"));
  const environments = functions.map(({ Properties }) => Properties.Environment.Variables);
  return environments.find((variables) => variables.POWERTOOLS_SERVICE_NAME === service) ?? {};
}

describe("docs/deploy.md", () => {
  it("has each alarm, and says whether it pages", () => {
    const page = readFileSync(join(projectRoot, "docs/deploy.md"), "utf8");
    const rows = [...page.matchAll(/^\| (\w+) +\| (page|ticket) +\|/gm)].map(([, alarm = "", urgency = ""]) => [
      alarm,
      urgency,
    ]);
    const topics = templateOf({
      webhookSources: { standard: { preset: "standard" } },
      pageTopicArn: "arn:aws:sns:eu-west-1:111122223333:page",
      ticketTopicArn: "arn:aws:sns:eu-west-1:111122223333:ticket",
    });
    const told = Object.entries(topics.findResources("AWS::CloudWatch::Alarm")).map(([id, { Properties }]) => {
      expect(Properties.OKActions).toEqual(Properties.AlarmActions);
      return [id.replace(/^WorkersAlarms|[0-9A-F]{8}$/g, ""), String(Properties.AlarmActions).split(":").at(-1)];
    });
    expect(rows.toSorted()).toEqual(told.toSorted());
  });
});
