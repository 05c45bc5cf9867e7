import { Worker } from "node:worker_threads";
import { SetupError } from "./host/setup-error.ts";

/**
 * Synthesizes the stack into a folder. It does so in a thread, because it takes seconds of uninterrupted work, during
 * which no signal would be handled.
 *
 * @param chosen properties of the stack
 * @throws the signal's reason; {SetupError} with the first line of what is wrong; findings of policy checks are on
 * stderr
 */
export async function synthesizeApart(
  outdir: string,
  chosen: { readonly webhookSources?: Readonly<Record<string, object>> },
  signal: AbortSignal,
): Promise<void> {
  const thread = new Worker(new URL("./synthesis-thread.ts", import.meta.url), {
    workerData: { outdir, chosen },
    // Files that an interrupted thread leaves behind are deleted with the folder.
    env: { ...process.env, TMPDIR: outdir, TEMP: outdir },
  });
  const abort = () => thread.terminate();
  signal.addEventListener("abort", abort, { once: true });
  await new Promise<void>((resolve, reject) => {
    thread.once("error", (error) => {
      const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
      reject(new SetupError(`The stack does not synthesize: ${reason}`, { cause: error }));
    });
    thread.once("exit", () => resolve());
  }).finally(() => signal.removeEventListener("abort", abort));
  signal.throwIfAborted();
}
