import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import * as z from "zod/mini";
import type { ChildProgram } from "./child-program.ts";
import { runLocalStack } from "./local-stack.ts";
import { runUmapi } from "./run-umapi.ts";

/** What `umapi` prints of operations with `--json`. */
export const operations = z.array(z.object({ id: z.string(), status: z.string(), user: z.optional(z.string()) }));

/** One clear line from the program itself, after whatever it has told before. */
export const oneLine = (words: string) => new RegExp(`(^|\\n)umapi: [^\\n]*${words}[^\\n]*\\n$`);

export const csvHeading = "upn,mail,firstname,lastname,country_code,groups";

/** The stack for the tests of one file, with the command line that submits files of its folder to it. */
export async function submittingStack() {
  const stack = await runLocalStack("--rate", "500/6");
  const { sandbox, folder } = stack;
  const apiUrl = `http://127.0.0.1:${stack.ports.api}`;

  async function ended(program: ChildProgram) {
    const code = await program.exited;
    expect(program.output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    return { code, stdout: program.stdout, stderr: program.stderr };
  }

  /** Runs to the end. @param args without `--url` */
  const umapi = async (...args: readonly string[]) => await ended(runUmapi([...args, "--url", apiUrl], folder));

  function write(name: string, lines: readonly string[]): string {
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    return name;
  }

  const csv = (name: string, emails: readonly string[], groups: (index: number) => string = () => "") =>
    write(name, [csvHeading, ...emails.map((email, index) => `${email},${email},First,Last,US,${groups(index)}`)]);

  /** How many commands Adobe has got so far. */
  const commandsSent = async () =>
    (await sandbox.actionRequests()).reduce((sum, { status, commands }) => sum + (status === 200 ? commands : 0), 0);

  return { stack, apiUrl, ended, umapi, write, csv, commandsSent };
}
