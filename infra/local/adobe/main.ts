import { loadOrCreateCredentials } from "./credentials.ts";
import { type AdobeFlags, asksForHelp, HELP, readAdobeFlags } from "./flags.ts";
import { type RunningAdobe, startAdobe } from "./http.ts";
import type { RequestRecord } from "./request-record.ts";

const args = process.argv.slice(2);
if (asksForHelp(args)) console.log(HELP);
else await run(args);

async function run(args: readonly string[]): Promise<void> {
  try {
    const starting = start(readAdobeFlags(args));
    stopOnSignal(starting);
    const adobe = await starting;
    console.log(`IMS    ${adobe.url}/ims/token/v2 (OAuth), ${adobe.url}/ims/exchange/jwt (JWT)`);
    console.log(`UMAPI  ${adobe.url}/v2/usermanagement (credentials in .local/credentials.json)`);
    console.log(`Ready: the Adobe sandbox listens on ${adobe.url}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function start(flags: AdobeFlags): Promise<RunningAdobe> {
  const credentials = await loadOrCreateCredentials(".local");
  try {
    return await startAdobe({ ...flags, credentials, now: Date.now, onRequest: report });
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    throw taken ? new Error(`Port ${flags.port} is taken. Choose another with --port.`, { cause }) : cause;
  }
}

/** One line per action request; without the path, which may name a person. */
function report({ method, path, status, commands }: RequestRecord): void {
  if (method !== "POST" || !path.includes("/action/")) return;
  console.log(`action ${status ?? "cut"}, ${commands} ${commands === 1 ? "command" : "commands"}`);
}

/**
 * Exits by itself instead of letting the event loop run dry: Node gives signals back their deadly default while it tears
 * the loop down, and a second one in that moment would end the process with a signal instead of 0.
 */
function stopOnSignal(starting: Promise<RunningAdobe>): void {
  const stop = () => {
    starting.then(
      async (adobe) => {
        await adobe.close();
        process.exit(0);
      },
      () => undefined,
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
