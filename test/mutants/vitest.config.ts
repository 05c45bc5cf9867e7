import { fast, run } from "../vitest.config.ts";

const judges = (process.env["MUTANTS_JUDGES"] ?? "").split(" ");

/** The tests that judge the mutants of one subject, with fewer tries of each property. Stryker runs one worker. */
export default run([{ ...fast, include: judges, setupFiles: ["test/support/short-properties.ts"] }], 1);
