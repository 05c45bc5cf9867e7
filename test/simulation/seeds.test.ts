import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { runSeeds } from "./seed-pool.ts";

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);

test("Whatever callers do and whatever breaks, every promise holds: 25 seeds", async () => {
  const broken: string[] = [];
  let operations = 0;
  await runSeeds({
    seeds,
    workers: Math.min(4, availableParallelism()),
    onResult: ({ seed, violations, ...result }) => {
      operations += result.operations;
      if (violations.length > 0) broken.push(`npm run simulate -- --seed ${seed} --trace\n  ${violations[0]}`);
    },
  });
  expect(broken.join("\n")).toBe("");
  expect(operations).toBeGreaterThan(1000);
});
