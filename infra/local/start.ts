import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../shared/time/system-clock.ts";
import { loadOrCreateCredentials } from "./adobe/credentials.ts";
import { startAdobe } from "./adobe/http.ts";
import type { RequestRecord } from "./adobe/request-record.ts";
import { startLocalAws } from "./aws/server.ts";
import type { RunningProgram } from "./command-line/run-program.ts";
import type { Flags } from "./flags.ts";
import { chooseEndpoints } from "./host/endpoints.ts";
import { startHost } from "./host/host.ts";
import { introduction } from "./introduction.ts";
import { failureLine, functionLine, pollErrorLine, requestLine } from "./operator-lines.ts";
import { synthesizeApart } from "./synthesize-apart.ts";
import { leftBehind } from "./unfinished-work.ts";

export interface StartOptions {
  readonly flags: Flags;
  /** The variables that name services running elsewhere, such as `AWS_ENDPOINT_URL_SQS`. */
  readonly environment: NodeJS.ProcessEnv;
  /** Called with lines about what happens, once everything runs. */
  readonly print: (line: string) => void;
  /** Aborts the start. */
  readonly signal: AbortSignal;
}

/**
 * Starts the Adobe sandbox and local AWS, synthesizes the stack, and runs it on both. After a failure, everything that
 * was started ends with the process.
 *
 * @throws {SetupError} in one line; the system's error, `EADDRINUSE` for a taken port
 */
export async function start({ flags, environment, print, signal }: StartOptions): Promise<RunningProgram> {
  const { port, adobePort, awsPort, rate, auth } = flags;
  const printIfAny = (line: string | undefined) => line !== undefined && print(line);

  const directory = temporaryFolder();
  const synthesized = synthesizeApart(directory, signal).then(() => directory);
  // The host awaits it, after checks that are done sooner.
  synthesized.catch(() => undefined);
  const credentials = await loadOrCreateCredentials(".local");
  const onRequest = (record: RequestRecord) => printIfAny(requestLine(record));
  const [adobe, aws] = await Promise.all([
    startAdobe({ port: adobePort, rate, credentials, now: Date.now, onRequest }),
    startLocalAws({ port: awsPort, clock: systemClock }),
  ]);

  const endpoints = chooseEndpoints(aws.endpoint, environment);
  const host = await startHost({
    directory: synthesized,
    port,
    clock: systemClock,
    newId: randomUUID,
    endpoints,
    secretValue: JSON.stringify(credentials),
    // These are all the differences between the local and the deployed stack.
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
  });

  return {
    introduction: introduction({ apiUrl: host.apiUrl, adobeUrl: adobe.url, awsUrl: aws.endpoint }, host.notes),
    async stop() {
      await host.stop();
      const left = await leftBehind(host.stack, endpoints, aws.endpoint);
      await Promise.all([adobe.close(), aws.close()]);
      return `Stopped. ${left}`;
    },
  };
}

/** A folder that is deleted when the process ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "umapi-workers-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
