/** `umapi-workers/testing`: the sandbox and the local stack for other people's tests. Everything is in memory. */
import { setTimeout } from "node:timers/promises";
import { parseBudget } from "../../shared/pacing/budget.ts";
import { createCredentials } from "./adobe/credentials.ts";
import { startAdobe } from "./adobe/http.ts";
import { type AssembledStack, assembledTemplate } from "./assembled-template.ts";
import { expectNode } from "./expect-node.ts";
import { runStack } from "./run-stack.ts";
import { clientOf, type SandboxView } from "./sandbox-view.ts";
import { noSchedule } from "./schedule-routes.ts";
import { newWebhookKeys } from "./webhooks/webhook-keys.ts";

/** Where credentials of Adobe's Developer Console are expected, such as the secret of `UmapiWorkers`. */
export interface SandboxCredentials {
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Sandbox extends SandboxView {
  /** Of IMS. UMAPI is below it, at `/v2/usermanagement`. */
  readonly url: string;
  /** What IMS accepts. */
  readonly credentials: SandboxCredentials;
  stop(): Promise<void>;
}

export interface LocalOptions {
  /**
   * How many action requests are allowed, and sent: `requests/seconds`.
   *
   * @default - more than a test can wait for; Adobe allows 10/60
   */
  readonly rate?: string;
  /** Is told what happens, line by line: requests, ends of operations, what functions write. @default - nobody is told */
  readonly log?: (line: string) => void;
}

export interface Local {
  /** Of the HTTP API that takes operations: the `url` of an `OperationsClient`. */
  readonly apiUrl: string;
  readonly sandbox: SandboxView;
  /** A sentence for each part of the stack that is not run here. */
  readonly notes: readonly string[];
  /** What has happened so far, line by line. */
  readonly lines: readonly string[];
  /**
   * Runs a schedule now, and waits for its functions.
   *
   * @param schedule its name, that of its construct, or its logical id
   * @returns what each function returned
   * @throws Error if there is no such schedule, or if a function failed
   */
  fire(schedule: string): Promise<readonly unknown[]>;
  /** Waits for a line. @throws Error with all lines after 30 seconds without it */
  line(pattern: RegExp): Promise<string>;
  stop(): Promise<void>;
}

const anyPorts = { port: 0, adobePort: 0, awsPort: 0 };
const plenty = { requests: 1000, seconds: 1 };
const longestWaitMs = 30_000;

/** Starts a sandbox of Adobe's IMS and User Management API for one organisation, on any free port of this machine. */
export async function startSandbox(): Promise<Sandbox> {
  const credentials = await createCredentials();
  const adobe = await startAdobe({ port: 0, rate: plenty, credentials, now: Date.now });
  return { url: adobe.url, credentials, ...clientOf(adobe.url), stop: () => adobe.close() };
}

/**
 * Runs a stack on any free ports of this machine, against a sandbox, as far as it is made of what this one is made of.
 *
 * @param stack a stack of a CDK app, which is synthesized; or the folder that `cdk synth` wrote
 * @throws Error in one sentence, if it cannot be run
 */
export async function startLocal(stack: AssembledStack | string, options: LocalOptions = {}): Promise<Local> {
  expectNode("startLocal");
  const { rate, log = () => undefined } = options;
  const lines: string[] = [];
  const { host, adobe, stop } = await runStack({
    template: assembledTemplate(stack),
    isForeign: true,
    ports: anyPorts,
    rate: rate === undefined ? plenty : rateOf(rate),
    workerSettings: { ACTION_BUDGET: rate ?? `${plenty.requests}/${plenty.seconds}` },
    credentials: await createCredentials(),
    webhookKeys: newWebhookKeys,
    environment: {},
    print: (line) => {
      lines.push(line);
      log(line);
    },
  });
  return {
    apiUrl: host.apiUrl,
    sandbox: clientOf(adobe.url),
    notes: host.notes,
    lines,
    async fire(schedule) {
      const fired = host.fire(schedule);
      if (fired === undefined) throw new Error(noSchedule(schedule, host.schedules));
      return (await fired.results).map((result) => {
        if (result.outcome === "returned") return result.value;
        const why =
          result.outcome === "failed" ? `${result.error.errorType}: ${result.error.errorMessage}` : "it is busy";
        throw new Error(`The function of ${fired.name} failed: ${why}`);
      });
    },
    async line(pattern) {
      for (const giveUpAt = Date.now() + longestWaitMs; ; await setTimeout(20)) {
        const line = lines.find((each) => pattern.test(each));
        if (line !== undefined) return line;
        if (Date.now() > giveUpAt) throw new Error([`No line is like ${pattern}:`, ...lines].join("\n"));
      }
    },
    stop: async () => void (await stop()),
  };
}

function rateOf(text: string) {
  const budget = parseBudget(text);
  if (budget === undefined) throw new Error(`rate is "${text}"; expected requests/seconds, for example 10/60`);
  return { requests: budget.requests, seconds: budget.windowSeconds };
}
