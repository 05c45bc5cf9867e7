import { App, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Match } from "aws-cdk-lib/assertions";
import { HttpNoneAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { Topic } from "aws-cdk-lib/aws-sns";
import { describe, expect, it } from "vitest";
import { routes } from "../../../shared/api/routes.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { templateOf } from "./template-of.ts";

const template = templateOf();
const reference = (pattern: string) => ({ Ref: Match.stringLikeRegexp(pattern) });
const attribute = (pattern: string, name: string) => ({ "Fn::GetAtt": [Match.stringLikeRegexp(pattern), name] });
const emptyStack = () => new Stack(new App({ outdir: temporaryFolder() }), "Empty");

describe("the functions", () => {
  it("run Node 24 on arm64 with source maps, each with a log group of its own that forgets", () => {
    template.resourceCountIs("AWS::Lambda::Function", 8);
    template.allResourcesProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      MemorySize: 512,
      TracingConfig: Match.absent(),
      LoggingConfig: { LogGroup: reference("Log") },
      Environment: {
        Variables: Match.objectLike({
          NODE_OPTIONS: "--enable-source-maps",
          POWERTOOLS_METRICS_NAMESPACE: "UmapiWorkers",
          POWERTOOLS_LOG_LEVEL: "INFO",
        }),
      },
    });
    template.allResources("AWS::Logs::LogGroup", { Properties: { RetentionInDays: 90 }, DeletionPolicy: "Retain" });
  });

  it.each([
    ["submit", 29, { QUEUE_URL: reference("WorkQueue"), LANE: "default", ALLOW_ACCOUNT_DELETION: "false" }],
    ["operate", 29, { ROOM_TABLE_NAME: reference("Room"), ACTION_BUDGET: "10/60", REQUEST_TIMEOUT_SECONDS: "120" }],
    ["operations", 29, { TABLE_NAME: reference("Ledger"), LANE: "default", ACTION_BUDGET: "10/60" }],
    [
      "retry",
      29,
      {
        QUEUE_URL: reference("WorkQueue"),
        TABLE_NAME: reference("Ledger"),
        LANE: "default",
        ALLOW_ACCOUNT_DELETION: "false",
      },
    ],
    ["sweep", 300, { TABLE_NAME: reference("Ledger"), ROOM_TABLE_NAME: reference("Room"), LANE: "default" }],
    [
      "release",
      50,
      {
        QUEUE_URL: reference("WorkQueue[0-9A-F]{8}$"),
        TABLE_NAME: reference("Ledger"),
        ROOM_TABLE_NAME: reference("Room"),
        LANE: "default",
      },
    ],
    [
      "rescue",
      60,
      {
        DEAD_LETTER_QUEUE_URL: reference("DeadLetterQueue"),
        TABLE_NAME: reference("Ledger"),
        ROOM_TABLE_NAME: reference("Room"),
        LANE: "default",
      },
    ],
    [
      "dispatch",
      180,
      {
        QUEUE_URL: reference("WorkQueue"),
        DEAD_LETTER_QUEUE_URL: reference("DeadLetterQueue"),
        TABLE_NAME: reference("Ledger"),
        ROOM_TABLE_NAME: reference("Room"),
        LANE: "default",
        SECRET_ID: reference("Secret"),
        AUTH: "oauth",
        UMAPI_URL: "https://usermanagement.adobe.io/v2/usermanagement",
        IMS_URL: "https://ims-na1.adobelogin.com",
        ACTION_BUDGET: "10/60",
        REQUEST_TIMEOUT_SECONDS: "120",
        TOKEN_TIMEOUT_SECONDS: "20",
        ALLOW_ACCOUNT_DELETION: "false",
      },
    ],
  ])("give %s its time and its environment", (service, Timeout, variables) => {
    template.hasResourceProperties("AWS::Lambda::Function", {
      Timeout,
      Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: service, ...variables }) },
    });
  });
});

describe("the schedules", () => {
  it.each([
    ["the sweeper", "every 15 minutes", "rate(15 minutes)", "Sweep"],
    ["the releaser", "each minute", "rate(1 minute)", "Release"],
  ])("run %s %s, by a rule that may invoke it and nothing else", (_, __, ScheduleExpression, worker) => {
    template.resourceCountIs("AWS::Events::Rule", 2);
    template.hasResourceProperties("AWS::Events::Rule", {
      ScheduleExpression,
      State: "ENABLED",
      Targets: [{ Arn: attribute(`^Workers${worker}WorkerFunction`, "Arn"), Id: Match.anyValue() }],
    });
    template.hasResourceProperties("AWS::Lambda::Permission", {
      Action: "lambda:InvokeFunction",
      FunctionName: attribute(`^Workers${worker}WorkerFunction`, "Arn"),
      Principal: "events.amazonaws.com",
      SourceArn: attribute(`^Workers${worker}Schedule`, "Arn"),
    });
  });

  it("start the releaser only once a deployment has updated dispatch, to which a bell may be poison before", () => {
    template.hasResource("AWS::Events::Rule", {
      Properties: { ScheduleExpression: "rate(1 minute)" },
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp("^WorkersDispatchMessages"),
        Match.stringLikeRegexp("^WorkersDispatchWorkerFunction"),
      ]),
    });
  });
});

describe("the HTTP API", () => {
  // Those of webhooks are only where there are sources.
  const ofWebhooks = ["/v1/deliveries", "/v1/webhooks"];
  const contract = Object.values(routes).flatMap(({ method, path }) =>
    ofWebhooks.some((start) => path.startsWith(start)) ? [] : [`${method} ${path}`],
  );

  it.each(contract)("lets IAM authorize %s", (route) => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Route", { RouteKey: route, AuthorizationType: "AWS_IAM" });
    template.resourceCountIs("AWS::ApiGatewayV2::Route", contract.length);
  });

  it("has retries answered by the function for them", () => {
    const [route] = Object.values(
      template.findResources("AWS::ApiGatewayV2::Route", {
        Properties: { RouteKey: "POST /v1/operations/{id}/retry" },
      }),
    );
    const [, integration] = /"(WorkersHttpApi\w*Retry\w*)"/.exec(JSON.stringify(route?.["Properties"].Target)) ?? [];
    const integrations = template.findResources("AWS::ApiGatewayV2::Integration");
    expect(integrations[integration ?? ""]?.["Properties"].IntegrationUri).toEqual({
      "Fn::GetAtt": [expect.stringMatching(/^WorkersRetryWorkerFunction/), "Arn"],
    });
  });

  it("throttles its one stage and logs every access without saying who or about whom", () => {
    template.resourceCountIs("AWS::ApiGatewayV2::Stage", 1);
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: {
        DestinationArn: attribute("AccessLog", "Arn"),
        Format: Match.not(Match.stringLikeRegexp("sourceIp|identity|context\\.path")),
      },
    });
  });
});

describe("the stack tells an operator where things are", () => {
  it.each([
    ...["ApiUrl", "QueueUrl", "ReturnedQueueUrl", "DeadLetterQueueUrl"],
    ...["TableName", "RoomTableName", "CredentialsSecretArn"],
  ])("%s", (output) => {
    template.hasOutput(output, { Value: Match.anyValue(), Description: Match.anyValue() });
  });
});

describe("the choices of who deploys it", () => {
  it.each([
    ["first, if nothing is chosen", {}, "true"],
    ["in turn, if they are to", { leaversFirst: false }, "false"],
  ])("tell whatever queues work that leavers go %s", (_, props, LEAVERS_FIRST) => {
    const chosen = templateOf({ webhookSources: { standard: { preset: "standard" } }, ...props });
    for (const service of ["submit", "retry", "release", "intake"])
      chosen.hasResourceProperties("AWS::Lambda::Function", {
        Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: service, LEAVERS_FIRST }) },
      });
  });

  it("reach the functions, every alarm and what stays behind", () => {
    const alarmTopic = Topic.fromTopicArn(emptyStack(), "Topic", "arn:aws:sns:eu-west-1:111122223333:told");
    const chosen = templateOf({
      alarmTopic,
      allowAccountDeletion: true,
      actionBudget: "5/60",
      lane: "emea",
      auth: "jwt",
      tracing: true,
      removalPolicy: RemovalPolicy.DESTROY,
      authorizer: new HttpNoneAuthorizer(),
    });
    for (const service of ["submit", "retry", "dispatch"])
      chosen.hasResourceProperties("AWS::Lambda::Function", {
        Environment: {
          Variables: Match.objectLike({
            POWERTOOLS_SERVICE_NAME: service,
            ALLOW_ACCOUNT_DELETION: "true",
            LANE: "emea",
          }),
        },
      });
    chosen.hasResourceProperties("AWS::Lambda::Function", {
      Environment: { Variables: Match.objectLike({ AUTH: "jwt", LANE: "emea" }) },
    });
    for (const service of ["operations", "dispatch"]) {
      chosen.hasResourceProperties("AWS::Lambda::Function", {
        Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: service, ACTION_BUDGET: "5/60" }) },
      });
    }
    chosen.allResourcesProperties("AWS::Lambda::Function", { TracingConfig: { Mode: "Active" } });
    chosen.allResourcesProperties("AWS::CloudWatch::Alarm", {
      AlarmActions: ["arn:aws:sns:eu-west-1:111122223333:told"],
      OKActions: ["arn:aws:sns:eu-west-1:111122223333:told"],
    });
    for (const type of ["AWS::SQS::Queue", "AWS::SecretsManager::Secret", "AWS::Logs::LogGroup"])
      chosen.allResources(type, { DeletionPolicy: "Delete" });
    chosen.allResources("AWS::DynamoDB::Table", {
      DeletionPolicy: "Delete",
      Properties: { DeletionProtectionEnabled: false },
    });
    chosen.allResourcesProperties("AWS::ApiGatewayV2::Route", { AuthorizationType: "NONE" });
  });
});
