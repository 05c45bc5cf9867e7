import type { Clock } from "./clock.ts";

/**
 * Keeps what was read last for a while, so that not every caller waits for it. If it cannot be read anew, the last one
 * stays.
 */
export class Kept<Value> {
  readonly #clock: Clock;
  readonly #read: () => Promise<Value>;
  readonly #keptMs: number;
  #last: { readonly value: Value; readonly readAt: number } | undefined;
  #pending: Promise<Value> | undefined;

  constructor(clock: Clock, keptMs: number, read: () => Promise<Value>) {
    this.#clock = clock;
    this.#keptMs = keptMs;
    this.#read = read;
  }

  /** @throws what reading throws, as long as it has never succeeded */
  async get(): Promise<Value> {
    const last = this.#last;
    if (last !== undefined && this.#clock.now() - last.readAt < this.#keptMs) return last.value;
    this.#pending ??= this.#readAgain().finally(() => {
      this.#pending = undefined;
    });
    return await this.#pending.catch((error) => {
      if (last === undefined) throw error;
      return last.value;
    });
  }

  async #readAgain(): Promise<Value> {
    const readAt = this.#clock.now();
    const value = await this.#read();
    this.#last = { value, readAt };
    return value;
  }
}
