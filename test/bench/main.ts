import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../infra/bundle/bundle-worker.ts";
import { bundles } from "./bundles.ts";
import { drain } from "./drain.ts";
import { packing } from "./packing.ts";
import { planner } from "./planner.ts";
import { sqsModel } from "./sqs-model.ts";
import { table } from "./table.ts";

// The functions' own lines would bury the table.
process.env["POWERTOOLS_LOG_LEVEL"] = "SILENT";
process.env["POWERTOOLS_METRICS_DISABLED"] = "true";

const at = new Date().toISOString();
const results = [];
// What is timed comes first, before the heap is full of simulated worlds.
for (const { title, run } of [planner, sqsModel, bundles, packing, drain]) {
  const findings = await run();
  console.log(`${title}\n${table(findings.figures)}\n`);
  results.push({ title, ...findings });
}
const machine = { platform: process.platform, arch: process.arch, cores: availableParallelism() };
const report = { command: "node test/bench/main.ts", node: process.version, at, machine, benchmarks: results };
writeFileSync(join(projectRoot, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
console.log("Every figure, and how it was got: bench.json");
