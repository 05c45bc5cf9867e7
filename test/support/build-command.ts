import { execFileSync } from "node:child_process";
import { repository } from "./local-start.ts";

/** Builds what `npx umapi` runs, once before all tests: from the sources as they are now, and never while a test runs it. */
export default function buildCommand(): void {
  execFileSync(process.execPath, ["cli/bundle.ts"], { cwd: repository, stdio: "inherit" });
}
