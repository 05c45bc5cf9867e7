import type { Budget } from "./budget.ts";
import { type Lane, slotMs, takenSlots } from "./lane.ts";
import { dueAfter, slotTime, type TakenSlots } from "./spacing.ts";

/** From then on each request takes the slot of the one a whole budget before it, as soon as that is free. */
const unsteadyWindows = 4;

/**
 * When an action request will go out, if only the budget delays requests, every slot is used, and no leaver comes.
 *
 * @param before how many requests go out before it
 * @param start when the first may go out: now, or the end of a block. Milliseconds since the epoch, like the result
 */
export function requestTime(lane: Lane, budget: Budget, before: number, start: number): number {
  const steadyWindows = Math.max(0, Math.floor(before / budget.requests) - unsteadyWindows);
  const forecast = new Forecast(takenSlots(lane, budget, start), budget, start);
  for (let left = before - steadyWindows * budget.requests; left > 0; left--) forecast.send();
  return forecast.nextAt + steadyWindows * slotMs(budget);
}

/** When the budget first delays a request, and how many go out before. */
export function nextPause(lane: Lane, budget: Budget, now: number): { readonly until: number; readonly after: number } {
  const forecast = new Forecast(takenSlots(lane, budget, now), budget, now);
  let after = 0;
  for (; forecast.nextAt <= now; after++) forecast.send();
  return { until: forecast.nextAt, after };
}

/** Requests that go out one after another, each as soon as it may. Each counts from when it goes out. */
class Forecast {
  readonly #budget: Budget;
  #slots: TakenSlots;
  #now: number;

  constructor(slots: TakenSlots, budget: Budget, now: number) {
    this.#slots = slots;
    this.#budget = budget;
    this.#now = now;
  }

  /** When the next request goes out, in milliseconds since the epoch. */
  get nextAt(): number {
    return slotTime(this.#slots, this.#budget, "spaced", this.#now);
  }

  send(): void {
    const at = this.nextAt;
    const others = this.#slots.freeAt.filter((time) => time > at);
    this.#slots = {
      freeAt: [...others, at + slotMs(this.#budget)].sort((one, other) => one - other),
      dueAt: dueAfter(at, this.#slots.dueAt, this.#budget),
    };
    this.#now = at;
  }
}
