import { afterAll } from "vitest";
import type { ChildProgram } from "./child-program.ts";
import { newFolder } from "./folders.ts";
import { runMain } from "./local-start.ts";
import { OperationsClient } from "./operations-client.ts";
import { QueueClient } from "./queue-client.ts";
import { SandboxClient } from "./sandbox-client.ts";

/** A start that has come to its `Ready` line, with a client for each of its sides. */
export interface LocalStack {
  readonly program: ChildProgram;
  readonly ports: { readonly api: number; readonly adobe: number; readonly aws: number };
  readonly api: OperationsClient;
  readonly sandbox: SandboxClient;
  readonly queues: QueueClient;
}

/** Waits until a start is ready, and connects to the URLs that it prints. @throws Error with its output, if it ends */
export async function connectTo(program: ChildProgram): Promise<LocalStack> {
  await program.line(/^Ready/);
  const apiUrl = await printedUrl(program, /^API\s+(\S+)\/v1\/operations$/);
  const adobeUrl = await printedUrl(program, /^Adobe sandbox\s+(\S+)/);
  const awsUrl = await printedUrl(program, /^AWS\s+(\S+)/);
  return {
    program,
    ports: { api: portOf(apiUrl), adobe: portOf(adobeUrl), aws: portOf(awsUrl) },
    api: new OperationsClient(apiUrl),
    sandbox: new SandboxClient(adobeUrl),
    queues: await QueueClient.connect(awsUrl),
  };
}

/** Ends a start as Ctrl+C would. @returns its exit code */
export async function stop({ program, queues }: LocalStack): Promise<number | null> {
  queues.close();
  program.signal("SIGINT");
  return await program.exited;
}

/**
 * The stack for the tests of one file, in a child process and a folder of its own; both are gone after the tests.
 *
 * @param flags as for `npm start --`
 */
export async function runLocalStack(...flags: readonly string[]): Promise<LocalStack & { readonly folder: string }> {
  const folder = newFolder();
  const program = runMain(flags, folder.path);
  const cleanUp = async () => {
    program.end();
    await program.exited;
    folder.remove();
  };
  try {
    const stack = await connectTo(program);
    afterAll(cleanUp);
    return { ...stack, folder: folder.path };
  } catch (error) {
    // Without its start a file has no tests, and nothing after them is called.
    await cleanUp();
    throw error;
  }
}

/** The URL of one side of a start, as soon as it is printed. @param pattern of its line; the URL is its first group */
export async function printedUrl(program: ChildProgram, pattern: RegExp): Promise<string> {
  return pattern.exec(await program.line(pattern))?.[1] ?? "";
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
