import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { contextProps } from "./context-props.ts";
import { UmapiWorkersStack, type UmapiWorkersStackProps } from "./umapi-workers-stack.ts";

/** CDK feature flags. They are not in cdk.json, so that the resources are the same with and without the CDK CLI. */
const featureFlags = {
  "@aws-cdk/core:validateAgainstDefaultRules": true,
};

/** The names in the template derive from this, whatever the name of the stack in CloudFormation is. */
const stackId = "UmapiWorkers";

export interface SynthesizeOptions extends UmapiWorkersStackProps {
  /** The folder to write the cloud assembly to; created if absent. */
  readonly outdir: string;
}

export interface Synthesized {
  /** The stack's template, `<outdir>/UmapiWorkers.template.json`. */
  readonly templateFile: string;
  /** Warnings that do not prevent a deployment, a sentence or two each. */
  readonly warnings: readonly string[];
}

/**
 * Writes the stack's cloud assembly.
 *
 * @param defaults choices that neither the options nor the CDK context make
 * @throws if the CDK context is not usable, if a worker does not bundle, if a setting would lose or stall messages, or if cdk-nag finds something that is
 * not acknowledged. Findings themselves are printed to stderr and written to `<outdir>/validation-report.json`.
 */
export function synthesize(options: SynthesizeOptions, defaults: UmapiWorkersStackProps = {}): Synthesized {
  const { stacks } = createApp(options, defaults).synth();
  return {
    templateFile: join(options.outdir, `${stackId}.template.json`),
    warnings: stacks.flatMap(({ messages }) =>
      messages.filter(({ level }) => level === "warning").map(({ entry }) => String(entry.data)),
    ),
  };
}

/**
 * The app with its one stack and every check attached, not synthesized yet. Choices that the options leave open come
 * from the CDK context.
 */
export function createApp({ outdir, ...props }: SynthesizeOptions, defaults: UmapiWorkersStackProps = {}): App {
  const app = new App({ outdir, analyticsReporting: false, postCliContext: featureFlags });
  new UmapiWorkersStack(app, stackId, { ...defaults, ...contextProps(app.node.getAllContext()), ...props });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  return app;
}
