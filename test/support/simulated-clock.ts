import type { Clock } from "../../shared/time/clock.ts";

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock that stands still until a test moves it. Timers fire in the order of their deadlines. */
export class SimulatedClock implements Clock {
  #now: number;
  #timers: Timer[] = [];

  /** @param start milliseconds since the Unix epoch */
  constructor(start = Date.UTC(2026, 0, 5, 9)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer: Timer = {
        at: this.#now + Math.max(0, ms),
        fire: () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      };
      const abort = () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#timers.push(timer);
    });
  }

  /** The deadline of the next timer in milliseconds since the epoch, or undefined if nobody sleeps. */
  get nextDeadline(): number | undefined {
    return this.#timers.reduce<number | undefined>(
      (soonest, { at }) => (soonest === undefined || at < soonest ? at : soonest),
      undefined,
    );
  }

  /** Moves time forward by `ms`, firing every timer that falls due on the way, and lets what they woke run. */
  async advance(ms: number): Promise<void> {
    await this.advanceTo(this.#now + ms);
  }

  /** As `advance`, to a point in time (milliseconds since the epoch). */
  async advanceTo(target: number): Promise<void> {
    await settle();
    for (let due = this.#takeDue(target); due !== undefined; due = this.#takeDue(target)) {
      this.#now = Math.max(this.#now, due.at);
      due.fire();
      await settle();
    }
    this.#now = Math.max(this.#now, target);
  }

  #takeDue(target: number): Timer | undefined {
    const deadline = this.nextDeadline;
    if (deadline === undefined || deadline > target) return undefined;
    const index = this.#timers.findIndex(({ at }) => at === deadline);
    return this.#timers.splice(index, 1)[0];
  }
}

/** Lets promises that are ready to go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
