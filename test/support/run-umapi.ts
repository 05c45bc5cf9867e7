import { join } from "node:path";
import { ChildProgram } from "./child-program.ts";
import { repository } from "./local-start.ts";

/** `umapi <args>` from its sources. @param folder where it runs @param execArgv for Node.js itself */
export function runUmapi(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): ChildProgram {
  return ChildProgram.run({
    command: process.execPath,
    args: [...execArgv, join(repository, "cli/main.ts"), ...args],
    folder,
    environment,
  });
}

/** A line of shell in which `umapi` is the program: for what pipes and redirections do. */
export function runShell(script: string, folder: string): ChildProgram {
  return ChildProgram.run({
    command: "bash",
    args: ["-c", `set -o pipefail; umapi() { "$NODE" "$MAIN" "$@"; }; ${script}`],
    folder,
    environment: { NODE: process.execPath, MAIN: join(repository, "cli/main.ts") },
  });
}
