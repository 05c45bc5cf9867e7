import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ChildProgram } from "./child-program.ts";

export const repository = fileURLToPath(new URL("../..", import.meta.url));
export const main = join(repository, "infra/local/main.ts");
/** Flags for ports that are free. */
export const anyPorts = ["--port", "0", "--adobe-port", "0", "--aws-port", "0"];

/**
 * What `npm start -- <args>` runs, on ports that are free unless `args` say otherwise.
 *
 * @param folder where it keeps `.local/` and its temporary files
 */
export function runMain(args: readonly string[], folder: string): ChildProgram {
  return ChildProgram.run({
    command: process.execPath,
    args: [main, ...anyPorts, ...args],
    folder,
    environment: { TMPDIR: folder },
  });
}

/** `npm start -- <args>` itself, which keeps `.local/` in the repository. */
export function runNpmStart(args: readonly string[]): ChildProgram {
  return ChildProgram.run({ command: "npm", args: ["start", "--", ...anyPorts, ...args], folder: repository });
}
