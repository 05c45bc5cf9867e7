import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ChildProgram } from "../../support/child-program.ts";
import { newFolder } from "../../support/folders.ts";
import { repository } from "../../support/local-start.ts";

const folder = newFolder();
afterAll(folder.remove);

const umapi = join(folder.path, "umapi");
writeFileSync(umapi, `#!/bin/sh\nexec "${process.execPath}" "${join(repository, "cli/main.ts")}" "$@"\n`);
chmodSync(umapi, 0o755);

/** What bash would offer after the words, the last of which is unfinished. */
async function offered(...lines: readonly (readonly string[])[]): Promise<string[]> {
  const asked = lines.map((words) => `ask ${words.map((word) => `'${word}'`).join(" ")}`);
  const script = [
    'source <("$PWD/umapi" completion bash)',
    `ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _umapi; echo "\${COMPREPLY[*]}"; }`,
    'umapi() { "$PWD/umapi" "$@"; }',
    ...asked,
  ].join("\n");
  const program = ChildProgram.run({ command: "bash", args: ["--norc", "-c", script], folder: folder.path });
  expect(await program.exited).toBe(0);
  expect(program.stderr).toBe("");
  return program.stdout.split("\n").slice(0, -1);
}

test("the tab key completes commands, options and choices, leaves files to the shell, and runs nothing that is typed", async () => {
  const found = await offered(
    ["umapi", "sub"],
    ["umapi", "list", "--status", ""],
    ["umapi", "submit", "--ski"],
    ["umapi", "submit", "jo"],
    ["umapi", "submit", "$(touch ran)", "--wa"],
  );
  expect(found).toEqual(["submit", "queued succeeded failed canceled superseded", "--skip-bad", "", "--wait"]);
  expect(existsSync(join(folder.path, "ran"))).toBe(false);
});
