import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Stack } from "../../../infra/local/host/stack.ts";
import { readTemplate } from "../../../infra/local/host/template.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { lambda, writeAssembly } from "./support/assembly.ts";
import { runAws } from "./support/aws.ts";
import { runHost } from "./support/run.ts";

describe("reading what was synthesized", () => {
  test("the stack is named after its template, and assets are found by their S3 key", () => {
    const folder = writeAssembly({ Worker: lambda("code") }, { code: "" });
    const template = readTemplate(folder);
    expect(template.stackName).toBe("Test");
    expect(template.assets.get("code.zip")).toBe(join(folder, "asset.code"));
  });

  test.each([
    [
      "a folder that does not exist",
      () => join(temporaryFolder(), "absent"),
      /Cannot read the folder .*absent.*npx cdk synth/,
    ],
    ["a folder without a template", temporaryFolder, /no \*\.template\.json in .*npx cdk synth/],
    ["two templates", () => withFile("Other.template.json", "{}"), /Expected one template in .*Other\.template\.json/],
    [
      "a template cut short",
      () => withFile("Test.template.json", '{"Resources": {'),
      /Cannot read .*Test\.template\.json.*npx cdk synth/,
    ],
    [
      "a template of another shape",
      () => withFile("Test.template.json", '{"Resources": {"A": {}}}'),
      /Resources\.A\.Type: expected string/,
    ],
    [
      "a broken list of assets",
      () => withFile("Test.assets.json", "[]"),
      /Test\.assets\.json is not what .*expected object/,
    ],
  ])("%s is one clear line that says what to do", (_, folder, message) => {
    const where = folder();
    expect(() => readTemplate(where)).toThrow(message);
    expect(() => readTemplate(where)).not.toThrow(/\n/);
  });

  test("a resource that exists under a condition only is refused, if it would be run", () => {
    const template = readTemplate(
      writeAssembly({
        Worker: { ...lambda("code"), Condition: "IsProduction" },
        Metadata: { Type: "AWS::CDK::Metadata", Condition: "CDKMetadataAvailable" },
      }),
    );
    expect(() => new Stack(template).ofType("AWS::Lambda::Function")).toThrow(
      "Resources.Worker (AWS::Lambda::Function)",
    );
  });
});

describe("a template that the host cannot run", () => {
  test.each([
    [
      "code that is no asset",
      { Worker: lambda("absent") },
      "Resources.Worker.Properties.Code.S3Key: no asset absent.zip",
    ],
    [
      "another runtime",
      { Worker: lambda("code", { Runtime: "python3.13" }) },
      "is for python3.13. Functions for Node.js",
    ],
    [
      "a timeout that is not a number",
      { Worker: lambda("code", { Timeout: "soon" }) },
      "Resources.Worker.Properties (AWS::Lambda::Function): Timeout",
    ],
    [
      "a mapping of something that is not a queue",
      {
        Worker: lambda("code"),
        Messages: {
          Type: "AWS::Lambda::EventSourceMapping",
          Properties: { EventSourceArn: "arn:aws:kinesis:1", FunctionName: { Ref: "Worker" } },
        },
      },
      "Resources.Messages.Properties.EventSourceArn: arn:aws:kinesis:1 is not a queue of the stack",
    ],
    [
      "an environment that names what has no counterpart",
      { Worker: lambda("code", { Environment: { Variables: { TOPIC: { Ref: "Topic" } } } }) },
      "Resources.Worker.Properties.Environment.Variables.TOPIC: Ref Topic",
    ],
  ])("%s is an error that names the place", async (_, resources, message) => {
    const { endpoints } = await runAws();
    await expect(runHost(writeAssembly(resources, { code: "" }), { endpoints })).rejects.toThrow(message);
  });
});

function withFile(name: string, text: string): string {
  const folder = writeAssembly({});
  writeFileSync(join(folder, name), text);
  return folder;
}
