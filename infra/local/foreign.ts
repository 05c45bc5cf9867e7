/** `umapi local`: a stack of somebody's own on this machine, with an Adobe sandbox. */
import { loadOrCreateCredentials } from "./adobe/credentials.ts";
import { chooseStack } from "./choose-stack.ts";
import type { RateFlag } from "./command-line/flags.ts";
import { expectFreePorts, onPorts } from "./command-line/taken-ports.ts";
import { readTemplates } from "./host/template.ts";
import { introduction } from "./introduction.ts";
import { expectDifferentPorts, type StackPorts, wantedPorts } from "./ports.ts";
import { type RunningStack, runStack } from "./run-stack.ts";
import { loadOrCreateWebhookKeys } from "./webhooks/webhook-keys.ts";

export interface ForeignOptions extends StackPorts {
  /** What `cdk synth` has written. */
  readonly directory: string;
  /** Which stack of it; undefined for the only one with the construct in it. */
  readonly stackName: string | undefined;
  /** The sandbox's limit and the workers' budget; undefined for Adobe's own and the stack's. */
  readonly rate: RateFlag | undefined;
  /** The variables that name services running elsewhere, such as `AWS_ENDPOINT_URL_SQS`. */
  readonly environment: NodeJS.ProcessEnv;
  /** Is told about what happens, line by line. */
  readonly print: (line: string) => void;
}

/** UMAPI docs: 10 action requests per minute and client. */
const adobesRate: RateFlag = { requests: 10, seconds: 60 };

/**
 * Runs those parts of a synthesized stack that this machine can run.
 *
 * @returns what runs, and what to print of it
 * @throws {SetupError} in one line, if the stack cannot be found or run, or if a port is taken
 */
export async function startForeign(options: ForeignOptions): Promise<RunningStack & { readonly introduction: string }> {
  const { directory, stackName, rate = adobesRate, environment, print } = options;
  expectDifferentPorts(options);
  const templates = readTemplates(directory);
  const template = chooseStack(templates, stackName, directory);
  const ports = wantedPorts(options);
  await expectFreePorts(ports, "umapi local");
  const starting = runStack({
    template,
    isForeign: true,
    ports: options,
    rate,
    workerSettings: options.rate === undefined ? {} : { ACTION_BUDGET: `${rate.requests}/${rate.seconds}` },
    credentials: await loadOrCreateCredentials(".local"),
    webhookKeys: (sources) => loadOrCreateWebhookKeys(".local", sources),
    environment,
    print,
  });
  const running = await onPorts(ports, starting);
  const { host, adobe, awsUrl } = running;
  const others = templates.filter((each) => each !== template).map((each) => each.stackName);
  const notes = others.length === 0 ? [] : [`Not run here: the stacks ${others.join(", ")}.`];
  const { apiUrl, otherApis } = host;
  const apiName = otherApis.length === 0 ? undefined : host.apiName;
  const addresses = { apiUrl, apiName, adobeUrl: adobe.url, awsUrl, otherApis };
  return { ...running, introduction: introduction(addresses, [...host.notes, ...notes]) };
}
