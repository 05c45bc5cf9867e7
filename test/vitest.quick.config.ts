import { fast, run } from "./vitest.config.ts";

/** The fast tests, with fewer tries of each property. */
export default run({ ...fast, setupFiles: ["test/support/short-properties.ts"] });
