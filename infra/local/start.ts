import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOrCreateCredentials } from "./adobe/credentials.ts";
import type { RunningProgram } from "./command-line/run-program.ts";
import type { Flags } from "./flags.ts";
import { readTemplate } from "./host/template.ts";
import { introduction } from "./introduction.ts";
import { runStack } from "./run-stack.ts";
import { synthesizeApart } from "./synthesize-apart.ts";
import { joinerCurl } from "./webhooks/joiner-curl.ts";
import { readSourcesFile } from "./webhooks/sources-file.ts";
import { sourcesOf } from "./webhooks/sources-of.ts";
import { loadOrCreateWebhookKeys } from "./webhooks/webhook-keys.ts";

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
 * Synthesizes the stack, and runs it against an Adobe sandbox. After a failure, everything that was started ends with the
 * process.
 *
 * @throws {SetupError} in one line; the system's error, `EADDRINUSE` for a taken port
 */
export async function start({ flags, environment, print, signal }: StartOptions): Promise<RunningProgram> {
  const { rate, removalLimit, auth, webhooks } = flags;
  const directory = temporaryFolder();
  const chosen = webhooks === undefined ? {} : { webhookSources: readSourcesFile(webhooks) };
  const template = synthesizeApart(directory, chosen, signal).then(() => readTemplate(directory));
  // The host awaits it, after checks that are done sooner.
  template.catch(() => undefined);
  const { host, adobe, awsUrl, stop } = await runStack({
    template,
    isForeign: false,
    ports: flags,
    rate,
    workerSettings: {
      ACTION_BUDGET: `${rate.requests}/${rate.seconds}`,
      REMOVAL_LIMIT: removalLimit,
      AUTH: auth,
    },
    credentials: await loadOrCreateCredentials(".local"),
    webhookKeys: (sources) => loadOrCreateWebhookKeys(".local", sources),
    environment,
    print,
  });
  const sources = sourcesOf(await template);
  const curl = joinerCurl(host.apiUrl, sources, await loadOrCreateWebhookKeys(".local", sources), Date.now());
  return {
    introduction: introduction({ apiUrl: host.apiUrl, adobeUrl: adobe.url, awsUrl }, host.notes, curl),
    stop: async () => `Stopped. ${await stop()}`,
  };
}

/** A folder that is deleted when the process ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "umapi-workers-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
