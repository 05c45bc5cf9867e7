/**
 * At most `requests` in any window of `seconds`, exactly: a request counts from its arrival until `seconds` later.
 */
export class SlidingWindow {
  readonly #requests: number;
  readonly #windowMs: number;
  #arrivals: number[] = [];

  constructor(limit: { readonly requests: number; readonly seconds: number }) {
    this.#requests = limit.requests;
    this.#windowMs = limit.seconds * 1000;
  }

  /** Whole seconds, rounded up, until a request is allowed again; undefined if one is allowed at `now` (epoch ms). */
  secondsUntilFree(now: number): number | undefined {
    this.#arrivals = this.#arrivals.filter((arrival) => arrival + this.#windowMs > now);
    const blocking = this.#arrivals[this.#arrivals.length - this.#requests];
    if (blocking === undefined) return undefined;
    return Math.ceil((blocking + this.#windowMs - now) / 1000);
  }

  /** Counts a request that arrived at `now` (epoch ms). */
  count(now: number): void {
    this.#arrivals.push(now);
  }

  reset(): void {
    this.#arrivals = [];
  }
}
