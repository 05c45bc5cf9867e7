/**
 * `npm run setups -- [18/9 …]`: sets the project up by each Node and npm that the README promises, in fresh clones of what
 * is committed, and tries what the README says. The registry brings the versions. Runs on Linux, as root, because it also
 * acts for a user without a passwd entry; it takes some minutes a cell.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chosenCells } from "./cells.ts";
import { type Finding, type Step, steps, tryCell } from "./try-cell.ts";

const work = mkdtempSync(join(tmpdir(), "umapi-workers-setups-"));
chmodSync(work, 0o755);
process.once("exit", () => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const columns = ["node/npm", "user", ...steps];
console.log(columns.join("  "));
for (const cell of chosenCells(process.argv.slice(2))) {
  const findings = new Map<Step, Finding>();
  await tryCell(cell, work, (step, finding) => findings.set(step, finding));
  const results = steps.map((step) => findings.get(step)?.shown ?? "-");
  const row = [`${cell.node}/${cell.npm}`, `${cell.user ?? "own"}`, ...results];
  console.log(row.map((text, index) => text.padEnd(columns[index]?.length ?? 0)).join("  "));
  for (const [step, { trouble }] of findings) {
    if (trouble === undefined) continue;
    process.exitCode = 1;
    console.log(`${step}:\n${trouble}`);
  }
}
