import { parseArgs } from "node:util";
import { createCredentials } from "../../infra/local/adobe/credentials.ts";

process.env["POWERTOOLS_LOG_LEVEL"] = "SILENT";
process.env["POWERTOOLS_METRICS_DISABLED"] = "true";
const { simulate } = await import("./simulate.ts");

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "300" },
    from: { type: "string", default: "1" },
    trace: { type: "boolean", default: false },
  },
});

const credentials = await createCredentials();
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
let operations = 0;
const failed: number[] = [];
for (let seed = first; seed < first + count; seed++) {
  const result = await simulate(seed, credentials);
  operations += result.operations;
  if (values.trace) console.log(result.trace.join("\n"));
  if (result.violations.length === 0) continue;
  failed.push(seed);
  console.log(`seed ${seed}:\n  ${result.violations.slice(0, 5).join("\n  ")}`);
}
console.log(
  `${count} seeds, ${operations} operations, ${failed.length} with a violation${failed.length > 0 ? `: ${failed.join(" ")}` : ""}`,
);
process.exit(failed.length === 0 ? 0 : 1);
