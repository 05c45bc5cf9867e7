import type { Context } from "aws-lambda";
import type { InvocationResult } from "../../infra/local/host/lambda/lambda-function.ts";
import type { Clock } from "../../shared/clock.ts";
import { lambdaContext } from "./lambda-context.ts";
import { Life } from "./life.ts";

/** A Lambda function under a simulated clock: killed at its timeout, and then started afresh. */
export class SimulatedFunction<Event, Result> {
  readonly #name: string;
  readonly #timeoutSeconds: number;
  readonly #clock: Clock;
  readonly #start: () => (event: Event, context: Context) => Promise<Result>;
  /** How far the clock of the next invocation is ahead, in milliseconds. */
  skewMs: () => number = () => 0;
  #handler: ((event: Event, context: Context) => Promise<Result>) | undefined;

  /** @param start makes the handler as a cold start does, with nothing remembered */
  constructor(
    name: string,
    timeoutSeconds: number,
    clock: Clock,
    start: () => (event: Event, context: Context) => Promise<Result>,
  ) {
    this.#name = name;
    this.#timeoutSeconds = timeoutSeconds;
    this.#clock = clock;
    this.#start = start;
  }

  /** @returns undefined if the invocation died */
  async call(event: Event): Promise<Result | undefined> {
    this.#handler ??= this.#start();
    const handler = this.#handler;
    const life = new Life(this.skewMs());
    const ended = new AbortController();
    void this.#clock.sleep(this.#timeoutSeconds * 1000, ended.signal).then(
      () => life.end(),
      () => undefined,
    );
    const context = lambdaContext(this.#clock, this.#name, this.#timeoutSeconds);
    const result = await life.run(() => handler(structuredClone(event), context));
    ended.abort();
    if (life.isOver) this.#handler = undefined;
    return result;
  }

  /** As Lambda's event source mapping sees it. */
  async invoke(event: Event): Promise<InvocationResult> {
    const value = await this.call(event);
    if (value !== undefined) return { outcome: "returned", value };
    return { outcome: "failed", error: { errorType: "Runtime.ExitError", errorMessage: "The invocation died" } };
  }
}
