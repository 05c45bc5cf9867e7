import fc from "fast-check";

/** How often a property is tried: `count` times, or less often where a run of the tests has set a lower number for all. */
export function runs(count: number): number {
  return Math.min(count, fc.readConfigureGlobal().numRuns ?? count);
}
