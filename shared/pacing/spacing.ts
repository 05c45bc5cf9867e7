import type { Budget } from "./budget.ts";

/**
 * How a request takes a slot. `at-once`: as soon as one is free. `spaced`: apart from others, and so that leavers find
 * one.
 */
export type Pace = "spaced" | "at-once";

/** The slots of a budget that are taken. All times are milliseconds since the epoch. */
export interface TakenSlots {
  /** When each of them becomes free again, the earliest first; as many as the budget has at most. */
  readonly freeAt: readonly number[];
  /** When the next request is due by the spacing. */
  readonly dueAt: number;
}

/** A leaver this often finds a free slot, if the budget has as many. */
const leaverEveryMs = 12_000;
/** A request that was late by this much at most is made up for. What wakes the dispatcher may be late. */
const mostLateMs = 2000;

/** When a request may take a slot: now, or the earliest time after it. */
export function slotTime({ freeAt, dueAt }: TakenSlots, budget: Budget, pace: Pace, now: number): number {
  const freeBefore = (index: number) => budget.requests - freeAt.length + index;
  const leaverMs = Math.max(leaverEveryMs, 2 * spacingMs(budget));
  // What is free until a slot comes back must last for leavers until then.
  const heldUntil = Math.max(...freeAt.map((time, index) => time - freeBefore(index) * leaverMs));
  for (const [index, nextFreeAt] of freeAt.entries()) {
    const since = freeAt[index - 1] ?? now;
    const isAtOnce = pace === "at-once" || freeAt.length - index < slotsAtOnce(budget);
    const at = isAtOnce ? since : Math.max(since, dueAt, heldUntil);
    if (freeBefore(index) > 0 && at < nextFreeAt) return at;
  }
  return freeAt.at(-1) ?? now;
}

/** When the next request is due after one that was due, and took its slot, at these times. */
export function dueAfter(takenAt: number, dueAt: number, budget: Budget): number {
  const lateMs = Math.min(Math.max(takenAt - dueAt, 0), mostLateMs);
  return takenAt - lateMs + spacingMs(budget);
}

/** So many requests go out of an idle lane without a pause: half the budget. */
function slotsAtOnce({ requests }: Budget): number {
  return Math.ceil(requests / 2);
}

function spacingMs({ requests, windowSeconds }: Budget): number {
  return Math.floor((windowSeconds * 1000) / requests);
}
