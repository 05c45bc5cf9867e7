import { randomUUID } from "node:crypto";
import { systemClock } from "../../shared/time/system-clock.ts";
import type { Sources } from "../../shared/webhooks/source.ts";
import type { Credentials } from "./adobe/credentials.ts";
import { type RunningAdobe, startAdobe } from "./adobe/http.ts";
import { startLocalAws } from "./aws/server.ts";
import type { RateFlag } from "./command-line/flags.ts";
import { chooseEndpoints } from "./host/endpoints.ts";
import { type Host, startHost } from "./host/host.ts";
import type { Template } from "./host/template.ts";
import { failureLine, foreignLine, functionLine, pollErrorLine, requestLine } from "./operator-lines.ts";
import type { StackPorts } from "./ports.ts";
import { scheduleRoutes } from "./schedule-routes.ts";
import { leftBehind } from "./unfinished-work.ts";
import { holdsWebhookKeys, sourcesOf } from "./webhooks/sources-of.ts";
import { isWorker } from "./workers.ts";

type WebhookKeys = Readonly<Record<string, unknown>>;

export interface RunStackOptions {
  readonly template: Template | Promise<Template>;
  /** Whether it is somebody's own: what cannot be run of it is left out, and not an error. */
  readonly isForeign: boolean;
  readonly ports: StackPorts;
  /** The sandbox's limit of action requests. */
  readonly rate: RateFlag;
  /** Other settings of workers, by their environment variables. */
  readonly workerSettings: Readonly<Record<string, string>>;
  /** What the sandbox accepts, and the stack's secrets hold. */
  readonly credentials: Credentials;
  /** The keys of the stack's webhook sources, as its secret has them. */
  readonly webhookKeys: (sources: Sources) => WebhookKeys | Promise<WebhookKeys>;
  /** The variables that name services running elsewhere, such as `AWS_ENDPOINT_URL_SQS`. */
  readonly environment: NodeJS.ProcessEnv;
  /** Is told about what happens, line by line. */
  readonly print: (line: string) => void;
}

export interface RunningStack {
  readonly host: Host;
  readonly adobe: RunningAdobe;
  readonly awsUrl: string;
  /** Ends everything. @returns a sentence about operations that are not finished */
  stop(): Promise<string>;
}

/**
 * Starts the Adobe sandbox and local AWS, and runs a stack on both.
 *
 * @throws {SetupError} in one line; the system's error, `EADDRINUSE` for a taken port
 */
export async function runStack(options: RunStackOptions): Promise<RunningStack> {
  const { template, isForeign, rate, workerSettings, credentials, webhookKeys, environment, print } = options;
  const { port, adobePort, awsPort } = options.ports;
  const printIfAny = (line: string | undefined) => line !== undefined && print(line);
  let host: Host | undefined;
  const beside = scheduleRoutes(() => host, print);
  const adobe = await startAdobe({
    port: adobePort,
    rate,
    credentials,
    now: Date.now,
    onRequest: (record) => printIfAny(requestLine(record)),
  });
  const closing: (() => Promise<unknown>)[] = [() => adobe.close()];
  const close = () => Promise.all(closing.map((each) => each()));
  try {
    const aws = await startLocalAws({ port: awsPort, clock: systemClock, beside });
    closing.push(() => aws.close());
    const endpoints = chooseEndpoints(aws.endpoint, environment);
    const running = await startHost({
      template,
      isForeign,
      port,
      clock: systemClock,
      newId: randomUUID,
      endpoints,
      parameters: aws.parameters,
      secretValue: async (secret) => {
        const whole = await template;
        return JSON.stringify(holdsWebhookKeys(whole, secret) ? await webhookKeys(sourcesOf(whole)) : credentials);
      },
      // These are all the differences between the local and the deployed stack.
      overrides: (declared) =>
        isWorker(declared)
          ? {
              UMAPI_URL: `${adobe.url}/v2/usermanagement`,
              IMS_URL: adobe.url,
              ...workerSettings,
            }
          : {},
      // The sandbox has the records of every source.
      additions: (declared) =>
        isWorker(declared) && declared["SOURCES_PATH"] !== undefined ? { RECORDS_URL: adobe.url } : {},
      listener: {
        onLine: ({ label, variables }, _, line) =>
          printIfAny(isWorker(variables) ? functionLine(label, line) : foreignLine(label, line)),
        onFailure: ({ label }, error) => print(failureLine(label, error)),
        onPollError: (_, error) => print(pollErrorLine(error)),
      },
    });
    host = running;
    return {
      host: running,
      adobe,
      awsUrl: aws.endpoint,
      async stop() {
        await running.stop();
        const left = await leftBehind(running.stack, endpoints, aws.endpoint);
        await close();
        return left;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
