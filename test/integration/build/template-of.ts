import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import { UmapiWorkersStack, type UmapiWorkersStackProps } from "../../../infra/umapi-workers-stack.ts";

/** Code that needs no bundling, for tests that look at everything else. */
export const inlineCode = () => Code.fromInline("exports.handler = async () => undefined");

/** The template of the stack, without the checks by cdk-nag and CloudFormation's own schemas, which take seconds. */
export function templateOf(props: UmapiWorkersStackProps = {}): Template {
  const outdir = mkdtempSync(join(tmpdir(), "umapi-workers-"));
  try {
    return Template.fromStack(stackIn(new App({ outdir, builtinCloudFormationValidation: false }), props));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The cloud assembly of the stack in a folder, likewise. */
export function synthesizeInto(outdir: string, props: UmapiWorkersStackProps): void {
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  stackIn(app, props);
  app.synth();
}

function stackIn(app: App, props: UmapiWorkersStackProps): UmapiWorkersStack {
  return new UmapiWorkersStack(app, "UmapiWorkers", { workerCode: inlineCode, ...props });
}
