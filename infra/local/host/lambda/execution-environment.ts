import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import type { EnvironmentData, InvocationError, Invoke, Reply } from "./messages.ts";
import { toInvocationError } from "./to-invocation-error.ts";

export interface EnvironmentOptions extends EnvironmentData {
  /** The whole `process.env` inside: no variable of the host is passed on. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMiB: number;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** The result of starting the environment, or of one event. */
export type EnvironmentAnswer = Reply | { readonly type: "died"; readonly error: InvocationError };

/** Lies beside this module, also where both are bundled. */
const threadFile = join(import.meta.dirname, `thread${extname(import.meta.filename)}`);

/** One execution environment of a function: a thread that holds the loaded code and works on one event at a time. */
export class ExecutionEnvironment {
  readonly #worker: Worker;
  #answer: (answer: EnvironmentAnswer) => void = () => undefined;
  #alive = true;
  /** Resolves once the code is loaded or could not be loaded, or the thread has ended. Never rejects. */
  readonly started: Promise<EnvironmentAnswer>;
  /** Resolves with the reason once the thread has ended. Never rejects. */
  readonly ended: Promise<InvocationError>;

  constructor({ directory, handler, variables, memoryMiB, onLine }: EnvironmentOptions) {
    const workerData: EnvironmentData = { directory, handler };
    this.#worker = new Worker(threadFile, {
      workerData,
      env: { ...variables },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
      stdout: true,
      stderr: true,
    });
    createInterface(this.#worker.stdout).on("line", (line) => onLine("stdout", line));
    createInterface(this.#worker.stderr).on("line", (line) => onLine("stderr", line));

    let crash: InvocationError | undefined;
    this.#worker.on("message", (reply: Reply) => this.#answer(reply));
    this.#worker.on("error", (error) => {
      crash = toInvocationError(error);
    });
    this.ended = new Promise((resolve) => {
      this.#worker.on("exit", (status) => {
        this.#alive = false;
        const error = crash ?? {
          errorType: "Runtime.ExitError",
          errorMessage: `Runtime exited with status ${status}`,
        };
        this.#answer({ type: "died", error });
        resolve(error);
      });
    });
    this.started = this.#nextAnswer();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Passes an event to the handler, once `started` and the event before are done. Never rejects. */
  async invoke(invoke: Invoke): Promise<EnvironmentAnswer> {
    if (!this.#alive) return { type: "died", error: await this.ended };
    const answer = this.#nextAnswer();
    this.#worker.postMessage(invoke);
    return answer;
  }

  #nextAnswer(): Promise<EnvironmentAnswer> {
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  /** Ends the thread wherever it is, even in a busy loop. */
  async kill(): Promise<void> {
    await this.#worker.terminate();
  }
}
