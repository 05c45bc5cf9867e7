import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ChildProgram } from "./child-program.ts";
import { repository } from "./local-start.ts";

/** What became of commands that were typed. */
export interface Typed {
  readonly code: number | null;
  readonly stdout: string;
}

export const ordinaryPath = process.env["PATH"] ?? "";

/** Types commands in the project's folder. A failure ends them. @param path where commands are found */
export async function type(commands: string, path: string): Promise<Typed> {
  const environment = { PATH: path };
  const program = ChildProgram.run({ command: "sh", args: ["-ec", commands], folder: repository, environment });
  return { code: await program.exited, stdout: program.stdout };
}

/**
 * A path with an npx that goes straight to what npx finds in the project's folder. Most of the time that a command takes
 * is npx's own, and what it finds is the same each time.
 *
 * @param folder for the npx
 */
export function pathWithQuickNpx(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "npx"), `#!/bin/sh\nshift\nexec '${process.execPath}' dist/umapi.js "$@"\n`);
  chmodSync(join(bin, "npx"), 0o755);
  return `${bin}:${ordinaryPath}`;
}
