import { defineConfig } from "vitest/config";
import { fast, shared } from "./vitest.config.ts";

/** The fast tests, with fewer tries of each property. */
export default defineConfig({
  test: {
    ...shared,
    projects: [{ ...fast, test: { ...fast.test, setupFiles: ["test/support/short-properties.ts"] } }],
  },
});
