import { SlidingWindow } from "./throttle.ts";

/** At most `requests` in any `seconds`. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/** UMAPI docs, throttling: "we recommend limiting your syncs to two hourly intervals". */
const LISTING_INTERVAL_MS = 2 * 60 * 60 * 1000;

/**
 * The limits of one API for a client: a number of requests in a window and, if a block is configured, one listing from
 * page 0 in two hours.
 *
 * Only users' reports tell of the block (umapi-documentation issue 76, user-sync.py issues 813 and 867): a listing from
 * page 0 too soon after another is answered with 429, and so is every call of that API until the block ends. A listing
 * marked with `Pragma: umapi-sync-start`, as Adobe's own tools send it, starts no block, but is refused during one.
 * After the end of the block the client may list again.
 */
export class ApiLimit {
  readonly #window: SlidingWindow;
  readonly #blockMs: number;
  #blockedUntil = Number.NEGATIVE_INFINITY;
  #listedAt = Number.NEGATIVE_INFINITY;

  /** @param blockSeconds 0 for no block */
  constructor(rate: Rate, blockSeconds: number) {
    this.#window = new SlidingWindow(rate);
    this.#blockMs = blockSeconds * 1000;
  }

  /** Counts a request that arrived at `now` (epoch ms), or says in how many whole seconds one is allowed. */
  refuse(now: number): number | undefined {
    const seconds = this.#blockedSeconds(now) ?? this.#window.secondsUntilFree(now);
    if (seconds === undefined) this.#window.count(now);
    return seconds;
  }

  /** Notes a listing from page 0 at `now` (epoch ms), or starts a block and says how many seconds it lasts. */
  refuseListing(now: number, marked: boolean): number | undefined {
    const tooSoon = now < this.#listedAt + LISTING_INTERVAL_MS;
    if (this.#blockMs === 0 || marked || !tooSoon) {
      this.#listedAt = now;
      return undefined;
    }
    this.#blockedUntil = now + this.#blockMs;
    this.#listedAt = Number.NEGATIVE_INFINITY;
    return this.#blockedSeconds(now);
  }

  reset(): void {
    this.#window.reset();
    this.#blockedUntil = Number.NEGATIVE_INFINITY;
    this.#listedAt = Number.NEGATIVE_INFINITY;
  }

  #blockedSeconds(now: number): number | undefined {
    return now < this.#blockedUntil ? Math.ceil((this.#blockedUntil - now) / 1000) : undefined;
  }
}
