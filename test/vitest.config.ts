import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { patienceMs } from "./support/patience.ts";

/** Pure tests. They share their modules, so that each is loaded once. */
export const fast = {
  extends: true,
  test: { name: "fast", include: ["test/{unit,property}/**/*.test.ts"], isolate: false },
} as const;

/** What bundles, synthesizes or runs a shell. */
const slow = { extends: true, test: { name: "slow", include: ["test/integration/build/**/*.test.ts"] } } as const;

/** One part, with real clients against local servers. */
const integration = {
  extends: true,
  test: { name: "integration", include: ["test/integration/**/*.test.ts"], exclude: ["test/integration/build/**"] },
} as const;

/** The whole service, in simulated time. */
const simulation = { extends: true, test: { name: "simulation", include: ["test/simulation/**/*.test.ts"] } } as const;

/** Real processes, started as a person would. */
const e2e = {
  extends: true,
  test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], globalSetup: ["test/support/build-command.ts"] },
} as const;

export const shared = {
  root: fileURLToPath(new URL("..", import.meta.url)),
  // Only a hang gets there.
  testTimeout: 2 * patienceMs,
  hookTimeout: 2 * patienceMs,
  expect: { poll: { timeout: patienceMs, interval: 20 } },
  maxWorkers: 2,
  env: { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" },
};

export default defineConfig({ test: { ...shared, projects: [fast, slow, integration, simulation, e2e] } });
