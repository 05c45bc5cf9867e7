import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { permissionsIn } from "./permissions-in.ts";
import { templateOf } from "./template-of.ts";

const webhookSources = {
  bamboohr: { preset: "bamboohr", company: "acme", expectEvery: "36h" },
  standard: { preset: "standard" },
};
const template = templateOf({ webhookSources });
const attribute = (pattern: string, name: string) => ({ "Fn::GetAtt": [Match.stringLikeRegexp(pattern), name] });
const routeKey = "POST /v1/webhooks/{source}";

describe("a stack without sources", () => {
  it.each([
    ["AWS::Lambda::Function", 8],
    ["AWS::SQS::Queue", 3],
    ["AWS::SecretsManager::Secret", 1],
    ["AWS::Lambda::EventSourceMapping", 2],
  ])("has nothing for webhooks: of %s only its own %d", (type, count) => {
    for (const without of [templateOf(), templateOf({ webhookSources: {} })]) {
      without.resourceCountIs(type, count);
      expect(JSON.stringify(without.findResources("AWS::ApiGatewayV2::Route"))).not.toMatch(/webhooks|deliveries/);
    }
  });
});

describe("a stack with sources", () => {
  it("takes webhooks without an authorizer, and nothing else", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Route", { RouteKey: routeKey, AuthorizationType: "NONE" });
    const routes = Object.values(template.findResources("AWS::ApiGatewayV2::Route")).map(
      ({ Properties }) => Properties,
    );
    const open = routes.filter(({ AuthorizationType }) => AuthorizationType !== "AWS_IAM");
    expect(open.map(({ RouteKey }) => RouteKey)).toEqual([routeKey]);
    expect(routes.map(({ RouteKey }) => RouteKey)).toEqual(
      expect.arrayContaining([
        "GET /v1/deliveries",
        "POST /v1/deliveries/{id}/retry",
        "POST /v1/webhooks/{source}/people",
      ]),
    );
  });

  it("throttles them by a limit of their own, once the route is there", () => {
    template.hasResource("AWS::ApiGatewayV2::Stage", {
      Properties: {
        RouteSettings: { [routeKey]: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 200 } },
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp("^WorkersHttpApiPOSTv1webhookssource[0-9A-F]{8}$")]),
    });
  });

  it("keeps deliveries in a FIFO queue of their own, with its dead-letter queue, and caps who works on it", () => {
    template.hasResource("AWS::SQS::Queue", {
      Properties: {
        FifoQueue: true,
        MessageRetentionPeriod: 1_209_600,
        VisibilityTimeout: 150,
        RedrivePolicy: { deadLetterTargetArn: attribute("DeliveryQueueDeadLetterQueue", "Arn"), maxReceiveCount: 1000 },
      },
      DeletionPolicy: "Retain",
    });
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: attribute("^WorkersWebhooksDeliveryQueue[0-9A-F]{8}$", "Arn"),
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: Match.absent(),
    });
  });

  it.each(["function($x) {{ 'user': $x }}", "{{{", "{ 'a': { 'b': {{}} } }"])(
    "spells the mapping %s so that SSM does not take it for the name of another parameter",
    (mapping) => {
      const read = "($f := function($x) {{ 'user': $x }}; $f(payload))";
      const sources = { own: { preset: "standard", mapping: read, values: { mapping } } };
      const parameters = templateOf({ webhookSources: sources }).findResources("AWS::SSM::Parameter", {
        Properties: { Name: "/umapi-workers/UmapiWorkers/webhooks/own" },
      });
      const [value] = Object.values(parameters).map(({ Properties }) => Properties.Value);
      expect(value).not.toContain("{{");
      expect(JSON.parse(value)).toEqual({ sources });
    },
  );

  it("tells the functions of a source by a parameter, so that no function changes with it", () => {
    template.hasResourceProperties("AWS::SSM::Parameter", {
      Name: "/umapi-workers/UmapiWorkers/webhooks/bamboohr",
      Tier: "Standard",
      Value: JSON.stringify({ sources: { bamboohr: webhookSources.bamboohr } }),
    });
    const changed = templateOf({ webhookSources: { ...webhookSources, standard: { preset: "finch" } } });
    expect(changed.findResources("AWS::Lambda::Function")).toEqual(template.findResources("AWS::Lambda::Function"));
  });

  it.each([
    [5000, "Advanced"],
    [7000, "Advanced"],
  ])("takes a source of some %d bytes", (bytes, Tier) => {
    const large = { preset: "standard", mapping: `{"nothing": "${"x".repeat(bytes)}"}` };
    const given = templateOf({ webhookSources: { large } });
    given.hasResourceProperties("AWS::SSM::Parameter", { Name: Match.stringLikeRegexp("/large$"), Tier });
  });

  it.each([
    [
      { large: { preset: "standard", mapping: `{"nothing": "${"x".repeat(9000)}"}` } },
      /large has 9\d{3} bytes.*at most 8192/,
    ],
    [{ acme: { preset: "nobody" } }, /\/sources\/acme\/preset/],
    [{ acme: { preset: "bamboohr" } }, /\/sources\/acme\/company/],
    [{ "Not A Name": { preset: "standard" } }, /name/],
  ])("refuses %j by its fault", (sources, message) => {
    expect(() => templateOf({ webhookSources: sources })).toThrow(message);
  });

  it("creates the secret of the keys empty, and says where it is", () => {
    const secrets = Object.values(template.findResources("AWS::SecretsManager::Secret"));
    for (const secret of secrets) expect(Object.keys(secret["Properties"])).toEqual(["Description"]);
    template.hasOutput("WebhookSecretArn", {});
  });

  it("alarms when a source is silent for as long as it says, by hours", () => {
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: "DeliveriesFrom_bamboohr",
      Dimensions: [{ Name: "service", Value: "webhook" }],
      Period: 3600,
      EvaluationPeriods: 36,
      DatapointsToAlarm: 36,
      TreatMissingData: "breaching",
    });
    expect(JSON.stringify(template.toJSON())).not.toContain("DeliveriesFrom_standard");
  });

  it("has the sweeper ask whether deliveries are handed over", () => {
    expect(permissionsIn(template, "Sweep")).toContain(
      "Allow lambda:GetEventSourceMapping on the mapping <WebhooksIntakeMessages>",
    );
  });
});

describe("each function of webhooks may do what it must and nothing else", () => {
  const logs = (worker: string) => [
    `Allow logs:CreateLogStream on <Webhooks${worker}WorkerLog>`,
    `Allow logs:PutLogEvents on <Webhooks${worker}WorkerLog>`,
  ];
  const parameters = expect.stringMatching(
    /^Allow ssm:GetParametersByPath on .*:parameter\/umapi-workers\/UmapiWorkers\/webhooks"\]\]\}$/,
  );
  const index = (name: string) => `Allow dynamodb:Query on {"Fn::Join":["",[<LedgerTable>,"/index/${name}"]]}`;

  it("webhook stores and queues deliveries, and reads the sources and their keys", () => {
    expect(permissionsIn(template, "WebhooksWebhook")).toEqual([
      ...logs("Webhook"),
      "Allow sqs:SendMessage on <WebhooksDeliveryQueue>",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (delivery#*)",
      "Allow dynamodb:PutItem on <LedgerTable> (delivery#*)",
      parameters,
      "Allow secretsmanager:GetSecretValue on <WebhooksKeysSecret>",
    ]);
  });

  it("deliveries lists and queues deliveries, and writes who people are", () => {
    expect(permissionsIn(template, "WebhooksDeliveries")).toEqual([
      ...logs("Deliveries"),
      "Allow sqs:SendMessage on <WebhooksDeliveryQueue>",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (delivery#*)",
      "Allow dynamodb:GetItem on <LedgerTable> (record#*)",
      "Allow dynamodb:PutItem on <LedgerTable> (delivery#*, record#*)",
      index("byStatus"),
      index("byWaiting"),
      parameters,
    ]);
  });

  it("intake consumes deliveries, submits, cancels what it has scheduled, and reads no secret of Adobe's", () => {
    const permissions = permissionsIn(template, "WebhooksIntake");
    expect(permissions.filter((each) => /<(Ledger|Room)Table>$/.test(each))).toEqual([]);
    expect(permissions.filter((each) => each.includes("secretsmanager"))).toEqual([
      "Allow secretsmanager:GetSecretValue on <WebhooksKeysSecret>",
    ]);
    expect(permissions.filter((each) => each.includes("sqs:SendMessage"))).toEqual([
      "Allow sqs:SendMessage on <WebhooksDeliveryQueue>",
      "Allow sqs:SendMessage on <WorkQueue>",
    ]);
  });
});
