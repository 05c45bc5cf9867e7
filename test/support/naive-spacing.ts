import type { Budget } from "../../shared/pacing/budget.ts";

/** Slots as ordinary work finds them. Milliseconds all. */
export interface NaiveSlots {
  /** From when each taken slot counts; those that no longer do are among them. */
  readonly countFrom: readonly number[];
  readonly dueAt: number;
}

const windowOf = ({ windowSeconds }: Budget) => windowSeconds * 1000;
const spacingOf = (budget: Budget) => Math.floor(windowOf(budget) / budget.requests);

/** Whether ordinary work may take a slot at `now`, by the words of decision 18. */
function mayTake({ countFrom, dueAt }: NaiveSlots, budget: Budget, now: number): boolean {
  const counting = countFrom.filter((from) => now - from <= windowOf(budget));
  const free = budget.requests - counting.length;
  if (free <= 0) return false;
  if (counting.length < budget.requests / 2) return true;
  const returns = counting.map((from) => from + windowOf(budget) + 1).toSorted((one, other) => one - other);
  const leaversUntil = (time: number) => Math.ceil((time - now) / leaverEveryMs(budget));
  return now >= dueAt && returns.every((time, returned) => free + returned >= leaversUntil(time));
}

const leaverEveryMs = (budget: Budget) => Math.max(12_000, 2 * spacingOf(budget));

/** The first time at or after `now` when ordinary work may take a slot, found by trying each at which that may change. */
export function naiveSlotTime(slots: NaiveSlots, budget: Budget, now: number): number {
  const returns = slots.countFrom.map((from) => from + windowOf(budget) + 1);
  const each = Array.from({ length: budget.requests }, (_, index) => index * leaverEveryMs(budget));
  return [now, slots.dueAt, ...returns.flatMap((time) => each.map((ms) => time - ms))]
    .filter((time) => time >= now)
    .toSorted((one, other) => one - other)
    .find((time) => mayTake(slots, budget, time)) as number;
}

/**
 * When the next request is due after those that took their slots at these times.
 *
 * @param from when the first of them was due
 */
export function naiveDueTime(takenAt: readonly number[], budget: Budget, from = 0): number {
  let due = from;
  for (const at of takenAt) {
    const isEarly = at <= due;
    const isVeryLate = at > due + 2000;
    due = (isEarly ? at : isVeryLate ? at - 2000 : due) + spacingOf(budget);
  }
  return due;
}
