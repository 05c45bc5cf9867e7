import { describe, expect, test } from "vitest";
import { type Plant, plants } from "./plants.ts";
import { runSeeds, type SeedResult } from "./seed-pool.ts";

/** The known seed first, then all the others. */
const seedsFrom = (seed: number) => [seed, ...Array.from({ length: 60 }, (_, index) => index + 1)];

async function firstToCatch({ file, snippet, replacement, seed }: Plant): Promise<SeedResult | undefined> {
  const stopping = new AbortController();
  let caught: SeedResult | undefined;
  await runSeeds({
    seeds: seedsFrom(seed),
    workers: 1,
    execArgv: ["--import", new URL("plant.ts", import.meta.url).href],
    environment: { PLANT: JSON.stringify({ file, snippet, replacement }) },
    signal: stopping.signal,
    onResult: (result) => {
      if (result.violations.length === 0) return;
      caught = result;
      stopping.abort();
    },
  });
  return caught;
}

describe("The simulation catches the service when it breaks the rule that", { concurrent: true }, () => {
  test.each(plants.map((plant) => [plant.rule, plant] as const))("%s", async (_, plant) => {
    const caught = await firstToCatch(plant);
    expect(caught?.violations[0] ?? "no seed of 60 caught it").toEqual(expect.not.stringMatching(/^no |ended with/));
    if (caught?.seed !== plant.seed) console.log(`"${plant.rule}" is caught by seed ${caught?.seed}`);
  });
});
