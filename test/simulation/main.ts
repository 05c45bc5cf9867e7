import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { createCredentials } from "../../infra/local/adobe/credentials.ts";
import { runSeeds, type SeedResult } from "./seed-pool.ts";
import { withShortNames } from "./short-names.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "300" },
    from: { type: "string", default: "1" },
    workers: { type: "string", default: String(availableParallelism()) },
    trace: { type: "boolean", default: false },
  },
});

// Invocations that died in the simulation never end, and their timers would keep the process.
process.exit(values.seed === undefined ? await many() : await one(Number(values.seed)));

async function one(seed: number): Promise<number> {
  process.env["POWERTOOLS_DEV"] = "true";
  const { simulate } = await import("./simulate.ts");
  const { violations, operations, trace } = await simulate(seed, await createCredentials(), values.trace);
  console.log(withShortNames([...trace, ...violations.map((violation) => `VIOLATED: ${violation}`)]).join("\n"));
  console.log(`seed ${seed}: ${operations} operations, ${violations.length} violations`);
  return violations.length === 0 ? 0 : 1;
}

async function many(): Promise<number> {
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  process.once("SIGTERM", () => stopping.abort());
  const [from, count] = [Number(values.from), Number(values.seeds)];
  const startedAt = performance.now();
  const failed: number[] = [];
  let done = 0;
  let operations = 0;
  const progress = () => {
    const perSecond = (done / (performance.now() - startedAt)) * 1000;
    return `${done} of ${count} seeds, ${operations} operations, ${failed.length} with a violation, ${perSecond.toFixed(1)} seeds/s`;
  };
  const onResult = ({ seed, violations, ...result }: SeedResult) => {
    done += 1;
    operations += result.operations;
    if (violations.length > 0) {
      failed.push(seed);
      console.log(`seed ${seed}:\n  ${withShortNames(violations.slice(0, 5)).join("\n  ")}`);
    }
    if (done % 100 === 0) console.log(progress());
  };
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  await runSeeds({ seeds, workers: Number(values.workers), onResult, signal: stopping.signal });
  console.log(`${stopping.signal.aborted ? "stopped after " : ""}${progress()}`);
  for (const seed of failed.toSorted((one, other) => one - other))
    console.log(`npm run simulate -- --seed ${seed} --trace`);
  if (failed.length > 0) return 1;
  return stopping.signal.aborted ? 130 : 0;
}
