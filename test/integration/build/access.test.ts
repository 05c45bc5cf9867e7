import { App, Stack } from "aws-cdk-lib";
import { HttpNoneAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { AccountPrincipal, ManagedPolicy, Role } from "aws-cdk-lib/aws-iam";
import { Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { describe, expect, it } from "vitest";
import { apiRoutes } from "../../../infra/api-routes.ts";
import type { UmapiWorkers } from "../../../infra/umapi-workers.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { inlineCode, instance, templateWith } from "./template-of.ts";

const nightly = (stack: Stack) =>
  new LambdaFunction(stack, "Nightly", { runtime: Runtime.NODEJS_24_X, handler: "index.handler", code: inlineCode() });

/** The routes that a role or function of somebody's own may call, as `METHOD /path`. */
function allowed(grant: (workers: UmapiWorkers, stack: Stack) => unknown, policy: RegExp): string[] {
  const template = templateWith((stack) => grant(instance(stack, "Adobe"), stack));
  return Object.entries(template.findResources("AWS::IAM::Policy"))
    .filter(([id]) => policy.test(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action, Effect, Resource }) => {
      expect([Effect, Action]).toEqual(["Allow", "execute-api:Invoke"]);
      return [Resource].flat().map((arn) => {
        const [, [...parts]] = arn["Fn::Join"];
        expect(parts.map((part: unknown) => (typeof part === "string" ? part : Object.values(part ?? {})[0]))).toEqual([
          "arn:",
          "AWS::Partition",
          ":execute-api:",
          "AWS::Region",
          ":",
          "AWS::AccountId",
          ":",
          expect.stringMatching(/^AdobeHttpApi/),
          expect.any(String),
        ]);
        return String(parts.at(-1)).replace(/^\/\*\/([A-Z]+)/, "$1 ");
      });
    });
}

describe("who is granted", () => {
  const role = (stack: Stack) => new Role(stack, "Caller", { assumedBy: new AccountPrincipal("111122223333") });

  it.each<[string, (workers: UmapiWorkers, caller: Role) => unknown, string[]]>([
    ["submit", (workers, caller) => workers.grantSubmit(caller), ["POST /v1/operations"]],
    [
      "read",
      (workers, caller) => workers.grantRead(caller),
      ["GET /v1/operations", "GET /v1/operations/*", "GET /v1/lane", "GET /v1/openapi.json", "GET /v1/deliveries"],
    ],
    [
      "operate",
      (workers, caller) => workers.grantOperate(caller),
      [
        "POST /v1/operations/*/retry",
        "POST /v1/operations/*/cancel",
        "POST /v1/calls/*/cancel",
        "POST /v1/erasures",
        "POST /v1/lane/pause",
        "POST /v1/lane/resume",
        "GET /v1/removals",
        "POST /v1/removals/release",
        "POST /v1/removals/cancel",
        "POST /v1/deliveries/*/retry",
        "POST /v1/webhooks/*/people",
      ],
    ],
  ])("%s may call these routes and no others", (_, grant, routes) => {
    expect(allowed((workers, stack) => grant(workers, role(stack)), /^Caller/)).toEqual(routes);
  });

  it("everything may call every route", () => {
    const routes = allowed((workers, stack) => {
      const caller = role(stack);
      workers.grantSubmit(caller);
      workers.grantRead(caller);
      workers.grantOperate(caller);
    }, /^Caller/);
    expect(routes.toSorted()).toEqual(
      apiRoutes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/, "*")}`).toSorted(),
    );
  });

  it("may be anything that takes a grant, such as a managed policy", () => {
    const template = templateWith((stack) => {
      instance(stack, "Adobe").grantRead(new ManagedPolicy(stack, "Readers"));
    });
    template.resourceCountIs("AWS::IAM::ManagedPolicy", 1);
  });
});

describe("a function that is connected", () => {
  it("has the API's URL, and may submit operations and see what becomes of them", () => {
    const connect = (workers: UmapiWorkers, stack: Stack) => workers.connect(nightly(stack));
    expect(allowed(connect, /^Nightly/)).toEqual([
      "POST /v1/operations",
      "GET /v1/operations",
      "GET /v1/operations/*",
      "GET /v1/lane",
      "GET /v1/openapi.json",
      "GET /v1/deliveries",
    ]);
    const template = templateWith((stack) => connect(instance(stack, "Adobe"), stack));
    const [caller] = Object.entries(template.findResources("AWS::Lambda::Function"))
      .filter(([id]) => id.startsWith("Nightly"))
      .map(([, { Properties }]) => Properties);
    expect(JSON.stringify(caller.Environment.Variables.UMAPI_URL)).toMatch(
      /^\{"Fn::Join":\["",\["https:\/\/",\{"Ref":"AdobeHttpApi\w+"\}.*"\/"\]\]\}$/,
    );
  });

  it("may be connected again, but to no other API", () => {
    const stack = new Stack(new App({ outdir: temporaryFolder() }), "Accounts");
    const caller = nightly(stack);
    const [emea, apac] = [instance(stack, "Emea"), instance(stack, "Apac")];
    emea.connect(caller);
    expect(() => emea.connect(caller)).not.toThrow();
    expect(() => apac.connect(caller)).toThrow(
      "Accounts/Nightly is connected to Accounts/Emea already, and UMAPI_URL holds one URL: for Accounts/Apac, add apiUrl",
    );
  });
});

describe("an API that does not ask IAM", () => {
  const stack = () => new Stack(new App({ outdir: temporaryFolder() }), "Accounts");
  it.each([
    ["tokens", { jwtIssuer: "https://login.example.com", jwtAudience: ["hr"] }],
    ["an authorizer of somebody's own", { authorizer: new HttpNoneAuthorizer() }],
  ])("but %s can give nobody a right, and says so", (_, props) => {
    const scope = stack();
    const workers = instance(scope, "Adobe", props);
    const grants = [
      () => workers.grantSubmit(nightly(scope)),
      () =>
        workers.connect(
          new LambdaFunction(scope, "Other", {
            runtime: Runtime.NODEJS_24_X,
            handler: "index.handler",
            code: inlineCode(),
          }),
        ),
    ];
    for (const grant of grants)
      expect(grant).toThrow("Accounts/Adobe: this API does not ask IAM who may call, so no role");
  });
});
