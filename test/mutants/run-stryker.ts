import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../infra/bundle/bundle-worker.ts";
import { parseReport, type TriedFile } from "./report.ts";

/**
 * Breaks the files in every way that Stryker knows, one at a time, and runs the tests that reach the place.
 *
 * @param files from the project's root, each perhaps with lines (`:10-20`)
 * @param judges globs of the tests
 * @throws if the tests fail already before anything is broken
 */
export function runStryker(files: readonly string[], judges: readonly string[]): TriedFile[] {
  const folder = mkdtempSync(join(tmpdir(), "umapi-workers-mutants-"));
  try {
    const config = join(folder, "stryker.json");
    const report = join(folder, "report.json");
    writeFileSync(config, JSON.stringify(settings(files, folder, report)));
    const stryker = join(projectRoot, "node_modules/@stryker-mutator/core/bin/stryker.js");
    const env = { ...process.env, MUTANTS_JUDGES: judges.join(" ") };
    const { status } = spawnSync(process.execPath, [stryker, "run", config], {
      cwd: projectRoot,
      env,
      stdio: "inherit",
    });
    if (status !== 0) throw new Error("Stryker could not try the mutants; what it says stands above.");
    return parseReport(readFileSync(report, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function settings(mutate: readonly string[], folder: string, report: string) {
  return {
    mutate,
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "test/mutants/vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    concurrency: 1,
    // A mutant that hangs counts as noticed. A busy machine must not take a slow test for one that hangs.
    timeoutMS: 10_000,
    timeoutFactor: 3,
    reporters: ["progress-append-only", "json"],
    jsonReporter: { fileName: report },
    tempDirName: folder,
    // Stryker would rewrite it by an API that TypeScript 7 lacks; the tests do not read it.
    tsconfigFile: "none",
  };
}
