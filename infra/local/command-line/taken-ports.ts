import { once } from "node:events";
import { createServer } from "node:net";
import { SetupError } from "../host/setup-error.ts";
import { type ServerName, serverNames } from "../http/server-index.ts";

export interface WantedPort {
  /** The flag that chooses another port. */
  readonly flag: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** A port that is not available: a server of ours has it, another program has it, or the system reserves it. */
interface TakenPort extends WantedPort {
  readonly by: ServerName | "another program" | "the system";
}

/** Long enough for a busy server of ours. */
const probeTimeoutMs = 3000;

/**
 * Checks that all ports are available, before anything that needs them runs.
 *
 * @param command what stands before the flags, for example `npm start --`
 * @throws {SetupError} with a line for each port that is not available, and a line that says what to do
 */
export async function expectFreePorts(wanted: readonly WantedPort[], command: string): Promise<void> {
  const taken = (await Promise.all(wanted.map(findTaken))).flat();
  if (taken.length > 0) throw new SetupError(explain(taken, command));
}

/** Waits for a start on these ports. Another program may have taken one a moment ago. @throws as `expectFreePorts` */
export async function onPorts<T>(wanted: readonly WantedPort[], starting: Promise<T>): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    if (codeOf(error) !== "EADDRINUSE") throw error;
    const taken = wanted.find(({ port }) => error instanceof Error && "port" in error && error.port === port);
    if (taken === undefined) throw error;
    throw new SetupError(`Port ${taken.port} has just been taken. Choose another with ${taken.flag}.`, {
      cause: error,
    });
  }
}

async function findTaken(wanted: WantedPort): Promise<TakenPort[]> {
  const server = createServer().listen(wanted.port, "127.0.0.1");
  try {
    await once(server, "listening");
    return [];
  } catch (error) {
    const code = codeOf(error);
    if (code === "EACCES") return [{ ...wanted, by: "the system" }];
    if (code !== "EADDRINUSE") throw error;
    return [{ ...wanted, by: (await serverAt(wanted.port)) ?? "another program" }];
  } finally {
    server.close();
  }
}

/** Which of our servers answers on a port of this machine. */
async function serverAt(port: number): Promise<ServerName | undefined> {
  try {
    const signal = AbortSignal.timeout(probeTimeoutMs);
    const index: unknown = await (await fetch(urlOf(port), { signal, redirect: "manual" })).json();
    if (typeof index !== "object" || index === null || !("server" in index)) return undefined;
    return Object.values(serverNames).find((name) => name === index.server);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function explain(taken: readonly TakenPort[], command: string): string {
  const lines = taken.map((each) => {
    const { port, flag, by } = each;
    if (by === "the system") return `Port ${port} may not be used. Choose another with ${flag}.`;
    if (by === "another program") return `Port ${port} is taken by another program. Choose another with ${flag}.`;
    return `Port ${port} is taken: the ${by} is running there already, at ${addressOf(port, by)}`;
  });
  const ours = taken.some(({ by }) => by !== "the system" && by !== "another program");
  const others = taken.map(({ flag }) => `${flag} 0`).join(" ");
  return [...lines, ...(ours ? [`Use what is running, or start beside it: ${command} ${others}`] : [])].join("\n");
}

function addressOf(port: number, server: ServerName): string {
  return server === serverNames.api ? `${urlOf(port)}/v1/operations` : urlOf(port);
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
