import { AsyncLocalStorage } from "node:async_hooks";

/** One invocation of one function. After it has died, its calls have no effect. */
export class Life {
  static readonly #current = new AsyncLocalStorage<Life>();
  readonly #died = Promise.withResolvers<void>();
  /** The function's name. */
  readonly of: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** How far the invocation's own clock is ahead, in milliseconds. */
  readonly skewMs: number;
  /** Whether it runs the newer of two versions. */
  readonly isNewer: boolean;
  /** When it returned, in milliseconds since the epoch. */
  returnedAt = Number.POSITIVE_INFINITY;
  /** A service has failed, so the invocation may not have finished its work. */
  wasFailed = false;
  #state: "running" | "dead" | "abandoned" = "running";

  constructor({ of, startedAt, skewMs, isNewer }: Pick<Life, "of" | "startedAt" | "skewMs" | "isNewer">) {
    this.of = of;
    this.startedAt = startedAt;
    this.skewMs = skewMs;
    this.isNewer = isNewer;
  }

  /** The invocation that makes this call; undefined outside of one. */
  static get current(): Life | undefined {
    return Life.#current.getStore();
  }

  /** Runs a call of the simulation itself, which does not count as the invocation's. */
  static outside<Result>(work: () => Result): Result {
    return Life.#current.exit(work);
  }

  /** Runs an invocation. Resolves with undefined if it dies first. */
  async run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return await Promise.race([Life.#current.run(this, work), this.#died.promise.then(() => undefined)]);
  }

  /** Lambda no longer waits for it. */
  get isOver(): boolean {
    return this.#state !== "running";
  }

  /** Lambda no longer waits for it, and it does not know that. */
  get isAbandoned(): boolean {
    return this.#state === "abandoned";
  }

  end(): void {
    this.#leave("dead");
  }

  abandon(): void {
    this.#leave("abandoned");
  }

  #leave(state: "dead" | "abandoned"): void {
    if (this.#state === "running") this.#state = state;
    this.#died.resolve();
  }
}

/** What a dead invocation waits for. */
export const never = () => new Promise<never>(() => undefined);
