import type { Clock } from "../../shared/time/clock.ts";

/** While anything but the service itself keeps work from flowing, from and to in milliseconds since the epoch. */
interface Standstill {
  readonly from: number;
  readonly to: number;
}

/** After an invocation died or a service failed it, all that it left undone has been found after this. */
const longestFindMs = 20 * 60_000;

/** Remembers when each operation was sent, and when nobody could expect work to flow. */
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

  /** Nothing flows from then to then. */
  stand(from: number, to: number): void {
    this.#standstills.push({ from, to });
  }

  /** An invocation may not have done all that it must. */
  readonly disturb = (): void => {
    const now = this.#clock.now();
    this.stand(now, now + longestFindMs);
  };

  /** When the operation was first sent after a time; undefined if it was not. */
  firstSentAfter(id: string, time: number): number | undefined {
    return this.#sent.get(id)?.find((at) => at >= time);
  }

  /** For how much of the time between the two work could flow, in milliseconds. */
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
