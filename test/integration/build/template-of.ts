import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { UmapiWorkers } from "../../../infra/umapi-workers.ts";
import type { UmapiWorkersProps } from "../../../infra/umapi-workers-props.ts";
import { UmapiWorkersStack, type UmapiWorkersStackProps } from "../../../infra/umapi-workers-stack.ts";
import { newFolder } from "../../support/folders.ts";

/** Code that needs no bundling, for tests that look at everything else. */
export const inlineCode = () => Code.fromInline("exports.handler = async () => undefined");

/** The template of the stack, without the checks by cdk-nag and CloudFormation's own schemas, which take seconds. */
export function templateOf(props: UmapiWorkersStackProps = {}): Template {
  return templateIn((app) => stackIn(app, props));
}

/** The template of somebody's own stack, likewise. @param fill puts into it what it is to have */
export function templateWith(fill: (stack: Stack) => void): Template {
  return templateIn((app) => {
    const stack = new Stack(app, "Accounts");
    fill(stack);
    return stack;
  });
}

/** The construct as somebody's own stack has it. */
export function instance(scope: Construct, id: string, props: UmapiWorkersProps = {}): UmapiWorkers {
  return new UmapiWorkers(scope, id, { workerCode: inlineCode, ...props });
}

function templateIn(make: (app: App) => Stack): Template {
  const { path: outdir, remove } = newFolder();
  try {
    return Template.fromStack(make(new App({ outdir, builtinCloudFormationValidation: false })));
  } finally {
    remove();
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
