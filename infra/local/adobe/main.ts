import { parseArgs } from "node:util";
import { loadOrCreateCredentials } from "./credentials.ts";
import { type RunningAdobe, startAdobe } from "./http.ts";
import type { RequestRecord } from "./request-record.ts";

const USAGE = "Usage: npm run adobe -- [--port 3001] [--rate 10/60] [--users 0]";

interface Flags {
  readonly port: number;
  readonly rate: { readonly requests: number; readonly seconds: number };
  readonly users: number;
}

try {
  const starting = start(readFlags());
  stopOnSignal(starting);
  const adobe = await starting;
  console.log(`IMS    ${adobe.url}/ims/token/v2 (OAuth), ${adobe.url}/ims/exchange/jwt (JWT)`);
  console.log(`UMAPI  ${adobe.url}/v2/usermanagement (credentials in .local/credentials.json)`);
  console.log(`Ready: the Adobe sandbox listens on ${adobe.url}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function start({ port, rate, users }: Flags): Promise<RunningAdobe> {
  const credentials = await loadOrCreateCredentials(".local");
  try {
    return await startAdobe({ port, rate, users, credentials, now: Date.now, onRequest: report });
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    throw taken ? new Error(`Port ${port} is taken. Choose another with --port.`, { cause }) : cause;
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

function readFlags(): Flags {
  const { port, rate, users } = parseFlags();
  return {
    port: integer("--port", port, { min: 0, max: 65_535 }),
    rate: rateOf(rate),
    users: integer("--users", users, { min: 0, max: 1_000_000 }),
  };
}

function parseFlags() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "3001" },
        rate: { type: "string", default: "10/60" },
        users: { type: "string", default: "0" },
      },
    }).values;
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replaceAll("\n", " ").replace(/\.$/, "");
    throw new Error(`${reason}. ${USAGE}`, { cause });
  }
}

function integer(flag: string, value: string, { min, max }: { min: number; max: number }): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new Error(`${flag} must be a whole number from ${min} to ${max}, not "${value}". ${USAGE}`);
}

function rateOf(value: string): Flags["rate"] {
  const [, requests, seconds] = /^(\d+)\/(\d+)$/.exec(value) ?? [];
  const rate = { requests: Number(requests), seconds: Number(seconds) };
  if (rate.requests >= 1 && rate.seconds >= 1) return rate;
  throw new Error(`--rate must be <requests>/<seconds>, each at least 1, not "${value}". ${USAGE}`);
}
