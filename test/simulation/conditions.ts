import { calm, type Roughness } from "./chaos.ts";
import type { Dice } from "./seeded-random.ts";

/** The conditions of a seed, without the weather. */
export interface Conditions {
  /** Action requests that Adobe takes, and that the lane believes it takes. */
  readonly rate: { readonly requests: number; readonly seconds: number };
  /** The longest that Adobe takes to answer, in milliseconds. */
  readonly slowestAnswerMs: number;
  /** How far the clock of an invocation may be off, in milliseconds. */
  readonly skewMs: number;
  /** How often an SDK tries what a service fails at. */
  readonly sdkTries: number;
  readonly roughness: Roughness;
  /** Nothing fails but single commands. */
  readonly isFair: boolean;
  /** A newer version of the functions takes their place, and for a time both run. */
  readonly rollsOut: boolean;
  /** How many removals of people go in any window, or `off`. */
  readonly removalLimit: string;
  /** An import fills the queue with more joiners than go in one window, and then people leave. */
  readonly hasImport: boolean;
}

/** Clocks may differ by this much without overdrawing the budget. If they differ more, the only harm is a 429. */
export const toleratedSkewMs = 100;
const longSkewMs = 3000;

export function conditionsOf(dice: Dice): Conditions {
  const latencyMs = dice.one([0, 20, 100]);
  const isFair = dice.chance(0.25);
  const rate = dice.one([
    { requests: 1, seconds: 6 },
    { requests: 5, seconds: 60 },
    { requests: 10, seconds: 60 },
    { requests: 10, seconds: 60 },
    { requests: 100, seconds: 60 },
  ]);
  return {
    rate,
    slowestAnswerMs: dice.one([0, 0, 2000, 25_000]),
    skewMs: dice.one([0, 0, toleratedSkewMs, longSkewMs]),
    sdkTries: dice.one([1, 1, 3]),
    isFair,
    roughness: !isFair && dice.chance(0.9) ? { ...roughness(dice), latencyMs } : { ...calm, latencyMs },
    rollsOut: dice.chance(0.25),
    removalLimit: dice.one(["off", "off", "1/600", "3/3600"]),
    hasImport: isFair && rate.requests <= 10 && dice.chance(0.5),
  };
}

/** Two dispatchers usually run at once. */
function roughness(dice: Dice): Omit<Roughness, "latencyMs"> {
  return {
    death: dice.one([0, 0.002, 0.01]),
    abandonment: dice.one([0, 0, 0.002]),
    stalling: dice.one([0, 0, 0.002]),
    lateness: dice.one([0, 0, 0.05]),
    duplication: dice.one([0, 0.1, 0.1, 0.3]),
    shortness: dice.one([0, 0, 0.05]),
  };
}
