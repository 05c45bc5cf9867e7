import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { patienceMs } from "./support/patience.ts";

type Project = NonNullable<TestProjectInlineConfiguration["test"]>;

/** What a run of any of the tests has. */
export function run(projects: readonly Project[], maxWorkers: number) {
  return defineConfig({
    test: {
      root: fileURLToPath(new URL("..", import.meta.url)),
      projects: projects.map((test) => ({ extends: true, test })),
      // A test waits for several things, each with patience.
      testTimeout: 3 * patienceMs,
      hookTimeout: 3 * patienceMs,
      expect: { poll: { timeout: patienceMs, interval: 20 } },
      maxWorkers,
      // Node.js runs the sources as they are, as it does everywhere else.
      experimental: { viteModuleRunner: false },
      env: { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" },
    },
  });
}

/** Pure tests. They share their modules, so that each module is loaded once. */
export const fast: Project = { name: "fast", include: ["test/{unit,property}/**/*.test.ts"], isolate: false };

export default run(
  [
    fast,
    // What bundles, synthesizes or runs a shell.
    { name: "slow", include: ["test/integration/build/**/*.test.ts"], isolate: false },
    // One part, with real clients against local servers.
    {
      name: "integration",
      include: ["test/integration/**/*.test.ts"],
      exclude: ["test/integration/build/**"],
      isolate: false,
    },
    // The whole service, in simulated time.
    { name: "simulation", include: ["test/simulation/**/*.test.ts"], isolate: false },
    // Real processes, started as a person would.
    { name: "e2e", include: ["test/e2e/**/*.test.ts"], globalSetup: ["test/support/build-command.ts"], isolate: false },
  ],
  // One more than the two cores of a small machine, because the tests of processes mostly wait.
  3,
);
