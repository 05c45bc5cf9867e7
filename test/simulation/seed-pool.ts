import { type ChildProcess, fork } from "node:child_process";
import * as z from "zod/mini";
import { type Credentials, createCredentials } from "../../infra/local/adobe/credentials.ts";
import { patienceMs } from "../support/patience.ts";

export interface SeedResult {
  readonly seed: number;
  /** The promises that did not hold; empty if all did. */
  readonly violations: readonly string[];
  readonly operations: number;
}

export interface SeedPoolOptions {
  readonly seeds: Iterable<number>;
  /** Processes at work at once. */
  readonly workers: number;
  /** Given to each process's Node. @default none */
  readonly execArgv?: readonly string[];
  /** Added to each process's environment. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onResult: (result: SeedResult) => void;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
}

const resultSchema = z.object({ seed: z.number(), violations: z.array(z.string()), operations: z.number() });
const workerUrl = new URL("seed-worker.ts", import.meta.url);

/** Simulates seeds in processes of their own, so that every core works. A seed that hangs or crashes is a violation. */
export async function runSeeds(options: SeedPoolOptions): Promise<void> {
  const credentials = await createCredentials();
  const seeds = options.seeds[Symbol.iterator]();
  const next = () => (options.signal?.aborted ? undefined : seeds.next().value);
  await Promise.all(Array.from({ length: options.workers }, () => work(next, credentials, options)));
}

async function work(
  next: () => number | undefined,
  credentials: Credentials,
  { execArgv = [], environment = {}, onResult, signal }: SeedPoolOptions,
): Promise<void> {
  let child: ChildProcess | undefined;
  const kill = () => child?.kill("SIGKILL");
  signal?.addEventListener("abort", kill, { once: true });
  for (let seed = next(); seed !== undefined; seed = next()) {
    if (child?.connected !== true)
      child = fork(workerUrl, { execArgv: [...execArgv], env: { ...process.env, ...environment }, silent: true });
    const result = await simulated(child, seed, credentials);
    if (!signal?.aborted) onResult(result);
  }
  signal?.removeEventListener("abort", kill);
  child?.kill("SIGKILL");
}

function simulated(child: ChildProcess, seed: number, credentials: Credentials): Promise<SeedResult> {
  return new Promise((resolve) => {
    let complaint = "";
    // What dead invocations still log between seeds must be read, or the pipe fills.
    child.stdout?.resume();
    child.stderr?.on("data", (data) => {
      complaint = `${complaint}${data}`.slice(-2000);
    });
    const end = (result: SeedResult) => {
      clearTimeout(watchdog);
      child.removeAllListeners();
      child.stderr?.removeAllListeners().resume();
      resolve(result);
    };
    const broken = (violation: string) => {
      child.kill("SIGKILL");
      if (child.connected) child.disconnect();
      end({ seed, violations: [violation], operations: 0 });
    };
    const watchdog = setTimeout(() => broken(`no end after ${patienceMs / 1000} s`), patienceMs);
    child.once("message", (message) => end(resultSchema.parse(message)));
    child.once("exit", (code, signal) => broken(`the simulation ended with ${signal ?? code}: ${complaint}`));
    child.once("error", (error) => broken(`the simulation did not start: ${error.message}`));
    child.send({ seed, credentials });
  });
}
