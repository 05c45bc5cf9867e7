import { AsyncLocalStorage } from "node:async_hooks";

/** One invocation of one function: what it does after its death reaches nobody. */
export class Life {
  static readonly #current = new AsyncLocalStorage<Life>();
  readonly #died = Promise.withResolvers<void>();
  /** The function's name. */
  readonly of: string;
  /** How far the invocation's own clock is ahead, in milliseconds. */
  readonly skewMs: number;
  /** A service has failed it, so that it may not have done all that it must. */
  wasFailed = false;
  #state: "running" | "dead" | "abandoned" = "running";

  constructor(of: string, skewMs: number) {
    this.of = of;
    this.skewMs = skewMs;
  }

  /** The invocation that is asking, or undefined outside of one. */
  static get current(): Life | undefined {
    return Life.#current.getStore();
  }

  /** Runs what the simulation itself asks for, inside of an invocation and not in its name. */
  static outside<Result>(work: () => Result): Result {
    return Life.#current.exit(work);
  }

  /** Runs an invocation. Resolves with undefined if it dies first. */
  async run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return await Promise.race([Life.#current.run(this, work), this.#died.promise.then(() => undefined)]);
  }

  /** Its host no longer waits for it. */
  get isOver(): boolean {
    return this.#state !== "running";
  }

  /** Its host no longer waits for it, and it does not know. */
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
