import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chooseStack } from "../../../infra/local/choose-stack.ts";
import { readTemplates } from "../../../infra/local/host/template.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { httpApi, lambda, type Resources, writeAssembly } from "./support/assembly.ts";
import { runAws } from "./support/aws.ts";
import { runHost } from "./support/run.ts";

const echo = "export const handler = async () => process.env";

/** A stack with a function that answers with its environment, and other resources. */
async function runBeside(others: Resources, variables: object = {}) {
  const { endpoints } = await runAws();
  const stack = { Echo: lambda("echo", { Environment: { Variables: variables } }), ...httpApi({ "GET /": "Echo" }) };
  const folder = writeAssembly({ ...stack, ...others }, { echo });
  const put: Record<string, string> = {};
  const parameters = { put: (name: string, value: string) => Object.assign(put, { [name]: value }) };
  const { host } = await runHost(folder, { endpoints, isForeign: true, parameters });
  return { host, put, environment: (await (await fetch(host.apiUrl)).json()) as Record<string, string> };
}

describe("what cannot be run of somebody's own stack is left out with a sentence, and the rest runs", () => {
  const target = { Id: "Target0", Arn: { "Fn::GetAtt": ["Echo", "Arn"] } };
  test.each<[string, Resources, string]>([
    [
      "a function in another language",
      { Snake: lambda("echo", { Runtime: "python3.13" }) },
      "Not run here: Snake (AWS::Lambda::Function) is for python3.13. Functions for Node.js from a folder are run.",
    ],
    [
      "code that is not in a folder",
      { Inline: lambda("echo", { Code: { ZipFile: "exports.handler = 1" } }) },
      "Not run here: Inline (AWS::Lambda::Function) has its code in the template. Functions for Node.js from a folder",
    ],
    [
      "a function in a container image",
      {
        Box: {
          Type: "AWS::Lambda::Function",
          Properties: { PackageType: "Image", Code: { ImageUri: "1.dkr.ecr.eu-west-1.amazonaws.com/box" } },
          Metadata: { "aws:cdk:path": "Test/Tools/Box/Resource" },
        },
      },
      "Not run here: Tools/Box (AWS::Lambda::Function) is a container image. Functions for Node.js",
    ],
    [
      "a resource that exists under a condition",
      { Maybe: { ...lambda("echo"), Condition: "IsProduction" } },
      "Not run here: Resources.Maybe (AWS::Lambda::Function) depends on the condition IsProduction",
    ],
    [
      "a function that needs another stack",
      { Far: lambda("echo", { Environment: { Variables: { URL: { "Fn::ImportValue": "x" } } } }) },
      "Not run here: Resources.Far.Properties.Environment.Variables.URL: the local host does not know Fn::ImportValue",
    ],
    [
      "messages of another service",
      {
        Stream: { Type: "AWS::Kinesis::Stream" },
        Records: {
          Type: "AWS::Lambda::EventSourceMapping",
          Properties: { EventSourceArn: { "Fn::GetAtt": ["Stream", "Arn"] }, FunctionName: { Ref: "Echo" } },
        },
      },
      "Not run here: Resources.Records.Properties.EventSourceArn: Test-Stream.Arn is not a queue of the stack",
    ],
    [
      "a schedule that makes its input of the event",
      {
        Rule: {
          Type: "AWS::Events::Rule",
          Properties: { ScheduleExpression: "rate(1 day)", Targets: [{ ...target, InputPath: "$.time" }] },
        },
      },
      "Not run here: Resources.Rule.Properties: the local host makes no input from parts of the event",
    ],
    [
      "a kind of resource that the service does not have",
      { Bucket: { Type: "AWS::S3::Bucket", Metadata: { "aws:cdk:path": "Test/Rosters/Resource" } } },
      "Not run here: Rosters (AWS::S3::Bucket). Functions that ask for one find nobody.",
    ],
  ])("%s", async (_, resources, note) => {
    const { host, environment } = await runBeside(resources);
    expect(host.notes.join("\n")).toContain(note);
    expect(environment["AWS_LAMBDA_FUNCTION_NAME"]).toBe("Test-Echo");
  });
});

describe("a function of somebody's own stack is told", () => {
  test("where an API is on this machine, however the template makes its URL", async () => {
    const host = ["https://", { Ref: "Api" }, ".execute-api.", { Ref: "AWS::Region" }, ".", { Ref: "AWS::URLSuffix" }];
    const { host: running, environment } = await runBeside(
      {
        Domain: { Type: "AWS::ApiGatewayV2::DomainName", Properties: { DomainName: "umapi.example.com" } },
        Mapping: {
          Type: "AWS::ApiGatewayV2::ApiMapping",
          Properties: { ApiId: { Ref: "Api" }, DomainName: { Ref: "Domain" }, Stage: "$default" },
        },
      },
      {
        JOINED: { "Fn::Join": ["", [...host, "/"]] },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation has such strings.
        SUBSTITUTED: { "Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/v1" },
        ENDPOINT: { "Fn::GetAtt": ["Api", "ApiEndpoint"] },
        DOMAIN: "https://umapi.example.com/",
      },
    );
    const { apiUrl } = running;
    expect(environment).toMatchObject({
      JOINED: `${apiUrl}/`,
      SUBSTITUTED: `${apiUrl}/v1`,
      ENDPOINT: apiUrl,
      DOMAIN: `${apiUrl}/`,
    });
  });

  test("a name for what is not run here", async () => {
    const bucket = { Bucket: { Type: "AWS::S3::Bucket" } };
    const variables = { BUCKET: { Ref: "Bucket" }, ARN: { "Fn::GetAtt": ["Bucket", "Arn"] } };
    const { environment } = await runBeside(bucket, variables);
    expect(environment).toMatchObject({ BUCKET: "Test-Bucket", ARN: "Test-Bucket.Arn" });
  });

  test("the names of SSM parameters, which hold what the stack says", async () => {
    const url = { "Fn::GetAtt": ["Api", "ApiEndpoint"] };
    const parameter = { Type: "AWS::SSM::Parameter", Properties: { Name: "/app/Url", Type: "String", Value: url } };
    const { host, put, environment } = await runBeside({ Url: parameter }, { NAME: { Ref: "Url" } });
    expect(environment).toMatchObject({ NAME: "/app/Url", AWS_ENDPOINT_URL: environment["AWS_ENDPOINT_URL_SQS"] });
    expect(put).toEqual({ "/app/Url": host.apiUrl });
  });
});

test("Several APIs have an address each, and the one that takes operations has the port that was asked for", async () => {
  const named = (name: string, resources: Resources): Resources =>
    JSON.parse(JSON.stringify(resources).replaceAll(/"(Api|Stage|Integration0|Route0)"/g, `"$1${name}"`));
  const folder = writeAssembly(
    {
      Echo: lambda("echo"),
      ...named("Other", httpApi({ "GET /other": "Echo" })),
      ...named("Own", httpApi({ "POST /v1/operations": "Echo" })),
    },
    { echo },
  );
  const { host } = await runHost(folder, { isForeign: true });
  expect(host.otherApis).toEqual([{ name: "ApiOther", url: expect.stringMatching(/^http:/) }]);
  const url = host.otherApis[0]?.url ?? "";
  const statuses = async (base: string) => [
    (await fetch(`${base}/other`)).status,
    (await fetch(`${base}/v1/operations`, { method: "POST" })).status,
  ];
  expect(await statuses(host.apiUrl)).toEqual([404, 200]);
  expect(await statuses(url)).toEqual([200, 404]);
});

describe("code in a .js file is what it is in Lambda, whatever the app around cdk.out is", () => {
  test.each([
    ["CommonJS in an app of ES modules", "module", undefined, "exports.handler = async () => typeof require;"],
    ["CommonJS in an app of CommonJS", "commonjs", undefined, "exports.handler = async () => typeof require;"],
    [
      "an ES module that says so itself",
      "commonjs",
      "module",
      "export const handler = async () => typeof import.meta.url === 'string' && 'function';",
    ],
  ])("%s", async (_, app, own, code) => {
    const folder = writeAssembly({ Worker: lambda("code"), ...httpApi({ "GET /": "Worker" }) }, { code: "" });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: app }));
    const asset = join(folder, "asset.code");
    if (own !== undefined) writeFileSync(join(asset, "package.json"), JSON.stringify({ type: own }));
    writeFileSync(join(asset, "index.js"), code);
    const { host } = await runHost(folder);
    expect(await (await fetch(host.apiUrl)).text()).toBe("function");
  });
});

describe("the stack to run", () => {
  const worker = lambda("code", {
    Environment: { Variables: { POWERTOOLS_SERVICE_NAME: "dispatch", TABLE_NAME: "t" } },
  });
  function app(stacks: Record<string, Resources>): string {
    const folder = temporaryFolder();
    for (const [name, Resources] of Object.entries(stacks)) {
      writeFileSync(join(folder, `${name}.template.json`), JSON.stringify({ Resources }));
      writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify({ files: {} }));
    }
    return folder;
  }
  const choose = (stacks: Record<string, Resources>, wanted?: string) =>
    chooseStack(readTemplates(app(stacks)), wanted, "cdk.out").stackName;

  test("is the one with the construct in it, or that is named", () => {
    expect(choose({ A: {}, B: { Worker: worker } })).toBe("B");
    expect(choose({ A: { Worker: worker }, B: { Worker: worker } }, "A")).toBe("A");
  });

  test.each<[string, Record<string, Resources>, string | undefined, string]>([
    ["without the construct", { A: {}, B: {} }, undefined, "UmapiWorkers is not in A, B: add it to the stack"],
    ["that is named, without the construct", { A: {}, B: { Worker: worker } }, "A", "UmapiWorkers is not in A: add"],
    ["that is not there", { A: {}, B: {} }, "C", "There is no stack C in cdk.out. It has A, B."],
    [
      "among several",
      { A: { Worker: worker }, B: { Worker: worker } },
      undefined,
      "is in A, B. Say with --stack which",
    ],
  ])("%s is one sentence", (_, stacks, wanted, message) => {
    expect(() => choose(stacks, wanted)).toThrow(message);
  });

  test("of a stage is in a folder below, and whoever looks above is told", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "assembly-Prod"));
    expect(() => readTemplates(folder)).toThrow(join(folder, "assembly-Prod"));
  });
});
