import type { Context } from "aws-lambda";
import type { InvocationResult } from "../../infra/local/host/lambda/lambda-function.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { lambdaContext } from "./lambda-context.ts";
import { Life } from "./life.ts";

type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

export interface SimulatedFunctionOptions<Event, Result> {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly clock: Clock;
  /** How far the clock of the next invocation is ahead, in milliseconds. */
  readonly skewMs: () => number;
  /** Whether the next invocation runs the newer of two versions. */
  readonly isNewer: () => boolean;
  /** An event as the newer version reads it. @default - as the older one does */
  readonly asReadByNewer?: (event: Event) => Event;
  /** Whether what is deployed can be started, and what runs goes on running. @default - always */
  readonly canStart?: () => boolean;
  /** Makes the handler as a cold start does, with nothing remembered. */
  readonly start: () => Handler<Event, Result>;
  /** Told of each invocation, and whether it died or threw. */
  readonly onInvoked?: (name: string, hasFailed: boolean) => void;
  /** Told what an invocation has returned. */
  readonly onReturn?: (life: Life, event: Event, result: Result) => void;
  /** Told what an invocation has thrown. */
  readonly onThrow?: (life: Life, error: unknown) => void;
}

/** A Lambda function under a simulated clock: killed at its timeout, and then started afresh. */
export class SimulatedFunction<Event, Result> {
  readonly #options: SimulatedFunctionOptions<Event, Result>;
  #handler: Handler<Event, Result> | undefined;

  constructor(options: SimulatedFunctionOptions<Event, Result>) {
    this.#options = options;
  }

  /** @returns undefined if the invocation died or threw */
  async call(event: Event): Promise<Result | undefined> {
    const {
      name,
      timeoutSeconds,
      clock,
      skewMs,
      isNewer,
      asReadByNewer,
      canStart,
      start,
      onInvoked,
      onReturn,
      onThrow,
    } = this.#options;
    if (canStart?.() === false) {
      this.#handler = undefined;
      onInvoked?.(name, true);
      return undefined;
    }
    this.#handler ??= start();
    const handler = this.#handler;
    const life = new Life({ of: name, startedAt: clock.now(), skewMs: skewMs(), isNewer: isNewer() });
    const ended = new AbortController();
    void clock.sleep(timeoutSeconds * 1000, ended.signal).then(
      () => life.end(),
      () => undefined,
    );
    const read = asReadByNewer ?? ((as: Event) => as);
    const context = lambdaContext(clock, name, timeoutSeconds);
    let hasThrown = false;
    const result = await life
      .run(() => handler(structuredClone(life.isNewer ? read(event) : event), context))
      .catch((error: unknown) => {
        hasThrown = true;
        onThrow?.(life, error);
        return undefined;
      });
    // An aborted signal without a reason makes an exception of its own, with its stack.
    ended.abort("over");
    onInvoked?.(name, hasThrown || life.isOver);
    if (life.isOver) this.#handler = undefined;
    if (!life.isOver) life.returnedAt = clock.now();
    if (result !== undefined) onReturn?.(life, event, result);
    return result;
  }

  /** What is invoked from now on is started afresh. */
  restart(): void {
    this.#handler = undefined;
  }

  /** As Lambda's event source mapping sees it. */
  async invoke(event: Event): Promise<InvocationResult> {
    const value = await this.call(event);
    if (value !== undefined) return { outcome: "returned", value };
    return { outcome: "failed", error: { errorType: "Runtime.ExitError", errorMessage: "The invocation died" } };
  }
}
