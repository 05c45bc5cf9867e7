import type { Surroundings } from "../surroundings.ts";
import { type EnvironmentAnswer, ExecutionEnvironment } from "./execution-environment.ts";
import type { FunctionConfiguration } from "./function-configuration.ts";
import type { InvocationError } from "./messages.ts";

export type InvocationResult =
  | { readonly outcome: "returned"; readonly value: unknown }
  | { readonly outcome: "failed"; readonly error: InvocationError }
  /** Every execution environment that the function may have is busy; it has not received the event. */
  | { readonly outcome: "throttled" };

export interface FunctionListener {
  /** A line that the function wrote. */
  onLine(configuration: FunctionConfiguration, stream: "stdout" | "stderr", line: string): void;
  /** An invocation threw, timed out or crashed. */
  onFailure(configuration: FunctionConfiguration, error: InvocationError): void;
}

/** AWS: the longest that loading the code may take, in addition to the function's own timeout. */
const initTimeoutSeconds = 10;

/** AWS would start an environment for each of a thousand simultaneous invocations. On one machine they take turns. */
const maxBusy = 4;

/** One Lambda function. It starts an execution environment for each concurrent invocation, and reuses it. */
export class LambdaFunction {
  readonly configuration: FunctionConfiguration;
  readonly #listener: FunctionListener;
  readonly #surroundings: Surroundings;
  readonly #environments = new Set<ExecutionEnvironment>();
  #idle: ExecutionEnvironment[] = [];
  #running = 0;
  #busy = 0;
  #waiting: (() => void)[] = [];
  #stopped = false;

  constructor(configuration: FunctionConfiguration, listener: FunctionListener, surroundings: Surroundings) {
    this.configuration = configuration;
    this.#listener = listener;
    this.#surroundings = surroundings;
  }

  /**
   * Runs the handler with an event. Never rejects: every failure is a result.
   *
   * @param event passed as JSON, like the value that the handler returns
   */
  async invoke(event: unknown): Promise<InvocationResult> {
    if (this.#stopped) return { outcome: "failed", error: stopped };
    if (this.#running >= this.configuration.reservedConcurrency) return { outcome: "throttled" };
    this.#running += 1;
    try {
      const answer = await this.#inTurn(() => this.#run(JSON.stringify(event)));
      if (answer.type === "returned") return { outcome: "returned", value: JSON.parse(answer.payload) };
      const error = answer.type === "initialized" ? unanswered : answer.error;
      if (!this.#stopped) this.#listener.onFailure(this.configuration, error);
      return { outcome: "failed", error };
    } finally {
      this.#running -= 1;
    }
  }

  /** Ends every execution environment; what runs in them fails. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#environments].map((environment) => environment.kill()));
  }

  async #inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.#busy < maxBusy) this.#busy += 1;
    else await new Promise<void>((resume) => this.#waiting.push(resume));
    try {
      return await run();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }

  async #run(event: string): Promise<EnvironmentAnswer> {
    if (this.#stopped) return { type: "died", error: stopped };
    const warm = this.#idle.pop();
    const environment = warm ?? this.#startEnvironment();
    if (!warm) {
      const started = await this.#within(initTimeoutSeconds, "Loading the code", environment.started);
      if (started.type !== "initialized") {
        await environment.kill();
        return started;
      }
    }
    const { timeoutSeconds } = this.configuration;
    const invocation = environment.invoke({ event, context: this.#context(), timeoutMs: timeoutSeconds * 1000 });
    const answer = await this.#within(timeoutSeconds, "Task", invocation);
    if (answer.type === "died") await environment.kill();
    else this.#idle.push(environment);
    return answer;
  }

  #startEnvironment(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment({
      ...this.configuration,
      onLine: (stream, line) => this.#listener.onLine(this.configuration, stream, line),
    });
    this.#environments.add(environment);
    // An unhandled rejection may end it between two events.
    environment.ended.then((error) => {
      this.#environments.delete(environment);
      if (!this.#idle.includes(environment)) return;
      this.#idle = this.#idle.filter((other) => other !== environment);
      if (!this.#stopped) this.#listener.onFailure(this.configuration, error);
    });
    return environment;
  }

  async #within(seconds: number, what: string, answer: Promise<EnvironmentAnswer>): Promise<EnvironmentAnswer> {
    const answered = new AbortController();
    const timeout: Promise<EnvironmentAnswer> = this.#surroundings.clock.sleep(seconds * 1000, answered.signal).then(
      () => ({ type: "died", error: timedOut(what, seconds) }),
      () => answer,
    );
    try {
      return await Promise.race([answer, timeout]);
    } finally {
      answered.abort();
    }
  }

  #context() {
    const { name, arn, memoryMiB, variables } = this.configuration;
    return {
      awsRequestId: this.#surroundings.newId(),
      functionName: name,
      functionVersion: variables["AWS_LAMBDA_FUNCTION_VERSION"] ?? "",
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMiB),
      logGroupName: variables["AWS_LAMBDA_LOG_GROUP_NAME"] ?? "",
      logStreamName: variables["AWS_LAMBDA_LOG_STREAM_NAME"] ?? "",
      callbackWaitsForEmptyEventLoop: true,
    };
  }
}

const stopped: InvocationError = { errorType: "Sandbox.Stopped", errorMessage: "The local host has stopped" };
const unanswered: InvocationError = { errorType: "Runtime.Unknown", errorMessage: "The handler gave no answer" };

/** AWS: `Task timed out after 3.00 seconds`. */
function timedOut(what: string, seconds: number): InvocationError {
  return { errorType: "Sandbox.Timedout", errorMessage: `${what} timed out after ${seconds.toFixed(2)} seconds` };
}
