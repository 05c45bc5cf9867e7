import fc from "fast-check";

/** How often a property is tried: `count` times, and proportionally less often in a run that shortens all properties. */
export function runs(count: number): number {
  const ordinary = 100;
  return Math.ceil((count * (fc.readConfigureGlobal().numRuns ?? ordinary)) / ordinary);
}
