import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../../support/folders.ts";

export type Resources = Record<string, { Type: string; Properties?: object; Condition?: string; Metadata?: object }>;

/**
 * Writes a cloud assembly as `cdk synth` does: a template, its assets, and an `index.mjs` for every piece of code.
 *
 * @param code source text of handlers, by the name that `lambda()` is given
 */
export function writeAssembly(resources: Resources, code: Record<string, string> = {}, template: object = {}): string {
  const folder = temporaryFolder();
  for (const [name, source] of Object.entries(code)) {
    mkdirSync(join(folder, `asset.${name}`));
    writeFileSync(join(folder, `asset.${name}`, "index.mjs"), source);
  }
  const files = Object.fromEntries(
    Object.keys(code).map((name) => [
      name,
      { source: { path: `asset.${name}`, packaging: "zip" }, destinations: { here: { objectKey: `${name}.zip` } } },
    ]),
  );
  writeFileSync(join(folder, "Test.template.json"), JSON.stringify({ Resources: resources, ...template }));
  writeFileSync(join(folder, "Test.assets.json"), JSON.stringify({ version: "1", files }));
  return folder;
}

export function lambda(code: string, properties: object = {}) {
  return {
    Type: "AWS::Lambda::Function",
    Properties: { Runtime: "nodejs24.x", Handler: "index.handler", Code: { S3Key: `${code}.zip` }, ...properties },
  };
}

/** An HTTP API with its `$default` stage. @param routes logical ids of functions by route key */
export function httpApi(routes: Record<string, string>, { stage = "$default", integration = {} } = {}): Resources {
  const resources: Resources = {
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "Api", ProtocolType: "HTTP" } },
    Stage: { Type: "AWS::ApiGatewayV2::Stage", Properties: { ApiId: { Ref: "Api" }, StageName: stage } },
  };
  for (const [index, [routeKey, functionId]] of Object.entries(routes).entries()) {
    resources[`Integration${index}`] = {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: { Ref: "Api" },
        IntegrationType: "AWS_PROXY",
        IntegrationUri: { "Fn::GetAtt": [functionId, "Arn"] },
        PayloadFormatVersion: "2.0",
        ...integration,
      },
    };
    resources[`Route${index}`] = {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: { Ref: "Api" },
        RouteKey: routeKey,
        AuthorizationType: "AWS_IAM",
        Target: { "Fn::Join": ["", ["integrations/", { Ref: `Integration${index}` }]] },
      },
    };
  }
  return resources;
}
