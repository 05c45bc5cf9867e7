import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stryker } from "@stryker-mutator/core";

export type MutantResult = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

/**
 * Breaks the files in every way that Stryker knows, one at a time, and runs the tests that reach the place.
 *
 * @param files from the project's root, each perhaps with lines (`:10-20`)
 * @param judges globs of the tests
 */
export async function runStryker(files: readonly string[], judges: readonly string[]): Promise<MutantResult[]> {
  process.env["MUTANTS_JUDGES"] = judges.join(" ");
  const stryker = new Stryker({
    mutate: [...files],
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "test/mutants/vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    concurrency: 1,
    // A mutant that hangs counts as noticed. A busy machine must not take a slow test for one that hangs.
    timeoutMS: 20_000,
    timeoutFactor: 3,
    reporters: ["progress-append-only"],
    tempDirName: join(tmpdir(), "umapi-workers-mutants"),
    // Stryker would rewrite it by an API that TypeScript 7 lacks; the tests do not read it.
    tsconfigFile: "none",
    allowEmpty: true,
  });
  return await stryker.runMutationTest();
}
