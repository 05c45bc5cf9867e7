import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../shared/time/system-clock.ts";
import { loadOrCreateCredentials } from "./adobe/credentials.ts";
import { startAdobe } from "./adobe/http.ts";
import type { RequestRecord } from "./adobe/request-record.ts";
import { startLocalAws } from "./aws/server.ts";
import type { Flags } from "./flags.ts";
import { chooseEndpoints } from "./host/endpoints.ts";
import { startHost } from "./host/host.ts";
import { SetupError } from "./host/setup-error.ts";
import { failureLine, functionLine, pollErrorLine, requestLine } from "./operator-lines.ts";
import { synthesizeApart } from "./synthesize-apart.ts";

export interface StartOptions {
  readonly flags: Flags;
  /** Where services run elsewhere: `AWS_ENDPOINT_URL_SQS` and its like. */
  readonly environment: NodeJS.ProcessEnv;
  /** Told what happens, a line at a time, once everything runs. */
  readonly print: (line: string) => void;
  /** Gives the start up. */
  readonly signal: AbortSignal;
}

export interface Running {
  readonly apiUrl: string;
  readonly adobeUrl: string;
  readonly awsUrl: string;
  /** What the template says and this machine does not do, a sentence each. */
  readonly notes: readonly string[];
  /** Ends everything at once. */
  stop(): Promise<void>;
}

/**
 * Starts the Adobe sandbox and local AWS, synthesizes the stack, and runs it on both. What was started before a failure
 * goes with the process.
 *
 * @throws {SetupError} in one line
 */
export async function start({ flags, environment, print, signal }: StartOptions): Promise<Running> {
  const { port, adobePort, awsPort, rate, auth } = flags;
  const printIfAny = (line: string | undefined) => line !== undefined && print(line);

  const directory = temporaryFolder();
  const synthesized = synthesizeApart(directory, signal).then(() => directory);
  // Waited for by the host, after what is known sooner.
  synthesized.catch(() => undefined);
  const credentials = await loadOrCreateCredentials(".local");
  const onRequest = (record: RequestRecord) => printIfAny(requestLine(record));
  const [adobe, aws] = await Promise.all([
    onPort("--adobe-port", adobePort, startAdobe({ port: adobePort, rate, credentials, now: Date.now, onRequest })),
    onPort("--aws-port", awsPort, startLocalAws({ port: awsPort, clock: systemClock })),
  ]);

  const host = await onPort(
    "--port",
    port,
    startHost({
      directory: synthesized,
      port,
      clock: systemClock,
      newId: randomUUID,
      endpoints: chooseEndpoints(aws.endpoint, environment),
      secretValue: JSON.stringify(credentials),
      // The whole difference between what runs here and what is deployed.
      overrides: {
        UMAPI_URL: `${adobe.url}/v2/usermanagement`,
        IMS_URL: adobe.url,
        ACTION_BUDGET: `${rate.requests}/${rate.seconds}`,
        AUTH: auth,
      },
      listener: {
        onLine: ({ label }, _, line) => printIfAny(functionLine(label, line)),
        onFailure: ({ label }, error) => print(failureLine(label, error)),
        onPollError: (_, error) => print(pollErrorLine(error)),
      },
    }),
  );

  return {
    apiUrl: host.apiUrl,
    adobeUrl: adobe.url,
    awsUrl: aws.endpoint,
    notes: host.notes,
    async stop() {
      await host.stop();
      await Promise.all([adobe.close(), aws.close()]);
    },
  };
}

/** A folder that goes with the process. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "umapi-workers-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function onPort<T>(flag: string, port: number, starting: Promise<T>): Promise<T> {
  try {
    return await starting;
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "EADDRINUSE") throw new SetupError(`Port ${port} is taken. Choose another with ${flag}.`, { cause });
    if (code === "EACCES")
      throw new SetupError(`Port ${port} may not be used. Choose another with ${flag}.`, { cause });
    throw cause;
  }
}
