import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../../infra/bundle/bundle-worker.ts";
import type { Benchmark } from "./benchmark.ts";
import { bundles } from "./bundles.ts";
import { drain } from "./drain.ts";
import { busyTenth } from "./long/busy-tenth.ts";
import { chain } from "./long/chain.ts";
import { joiners } from "./long/joiners.ts";
import { leavers } from "./long/leavers.ts";
import { outage } from "./long/outage.ts";
import { packing } from "./packing.ts";
import { parked } from "./parked.ts";
import { planner } from "./planner.ts";
import { sqsModel } from "./sqs-model.ts";
import { table } from "./table.ts";

/** What is timed comes first, before the heap is full of simulated worlds. */
const usual: Readonly<Record<string, Benchmark>> = { planner, sqsModel, bundles, packing, drain, parked };
/** Promises at their full size; a run that breaks one says so, and ends with 1. */
const long: Readonly<Record<string, Benchmark>> = { leavers, busyTenth, joiners, chain, outage };

const { values, positionals } = parseArgs({
  options: { long: { type: "boolean", default: false } },
  allowPositionals: true,
});
const all = { ...usual, ...long };
const names = positionals.length === 0 ? Object.keys(values.long ? long : usual) : positionals;
const unknown = names.find((name) => all[name] === undefined);
if (unknown !== undefined) {
  console.error(`${unknown} is not one of ${Object.keys(all).join(", ")}`);
  process.exit(1);
}

// The functions' own lines would bury the table.
process.env["POWERTOOLS_LOG_LEVEL"] = "SILENT";
process.env["POWERTOOLS_METRICS_DISABLED"] = "true";

const at = new Date().toISOString();
const results = [];
for (const { title, run } of names.flatMap((name) => all[name] ?? [])) {
  const findings = await run();
  console.log(`${title}\n${table(findings.figures)}\n`);
  results.push({ title, ...findings });
  for (const promise of findings.broken ?? []) {
    console.error(`BROKEN: ${promise}\n`);
    process.exitCode = 1;
  }
}
const machine = { platform: process.platform, arch: process.arch, cores: availableParallelism() };
const command = ["node test/bench/main.ts", ...process.argv.slice(2)].join(" ");
const report = { command, node: process.version, at, machine, benchmarks: results };
writeFileSync(join(projectRoot, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
console.log("Every figure, and how it was got: bench.json");
// Invocations that died in the simulation never end, and their timers would keep the process.
process.exit();
