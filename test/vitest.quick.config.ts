import { availableParallelism } from "node:os";
import { fast, run } from "./vitest.config.ts";

/** The fast tests, with fewer tries of each property. None of them waits, and each worker loads the modules anew. */
export default run(
  [{ ...fast, setupFiles: ["test/support/short-properties.ts"] }],
  Math.min(availableParallelism(), 4),
);
