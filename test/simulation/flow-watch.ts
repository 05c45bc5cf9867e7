import type { Clock } from "../../shared/time/clock.ts";

/** A time in which something other than the service kept work from flowing, in milliseconds since the epoch. */
interface Standstill {
  readonly from: number;
  readonly to: number;
}

/**
 * After an invocation died or a service failed, the unfinished work is found within this time. Messages that are hidden
 * for a pause come back after half an hour, and a resume does not know of them if the invocation died as it hid them.
 */
export const longestFindMs = 31 * 60_000;

/** Remembers when each operation was sent, and when work could not flow. */
export class FlowWatch {
  readonly #clock: Clock;
  readonly #sent = new Map<string, number[]>();
  readonly #standstills: Standstill[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A request with the operation is on its way. */
  sent(id: string): void {
    this.#sent.set(id, [...(this.#sent.get(id) ?? []), this.#clock.now()]);
  }

  /** Work does not flow between these two times. */
  stand(from: number, to: number): void {
    this.#standstills.push({ from, to });
  }

  /** An invocation may not have finished its work. */
  readonly disturb = (): void => {
    const now = this.#clock.now();
    this.stand(now, now + longestFindMs);
  };

  /** When the operation was first sent after a time; undefined if it was not. */
  firstSentAfter(id: string, time: number): number | undefined {
    return this.#sent.get(id)?.find((at) => at >= time);
  }

  /** When the operations were sent between the two times, each time once. */
  sentBetween(ids: readonly string[], from: number, to: number): Set<number> {
    return new Set(ids.flatMap((id) => this.#sent.get(id) ?? []).filter((at) => at >= from && at < to));
  }

  /** For how long work could flow between the two times, in milliseconds. */
  flowingMs(from: number, to: number): number {
    let flowing = 0;
    let at = from;
    for (const standstill of this.#inOrder()) {
      if (standstill.to <= at) continue;
      if (standstill.from >= to) break;
      flowing += Math.max(0, standstill.from - at);
      at = standstill.to;
    }
    return flowing + Math.max(0, to - at);
  }

  #inOrder(): Standstill[] {
    return this.#standstills.sort((one, other) => one.from - other.from);
  }
}
