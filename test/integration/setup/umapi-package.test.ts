import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChildProgram } from "../../support/child-program.ts";
import { newFolder, repository } from "../../support/local-start.ts";

const folder = newFolder();
afterAll(folder.remove);

async function run(command: string, args: readonly string[], from: string): Promise<ChildProgram> {
  const program = ChildProgram.run({ command, args, folder: from });
  await program.exited;
  return program;
}

/** `umapi help` as installed, on a Node that says that it is of this version. */
function umapiOn(version: string): Promise<ChildProgram> {
  const claim = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
  const program = join(folder.path, "node_modules/umapi-workers/cli/umapi.js");
  return run(process.execPath, ["--import", `data:text/javascript,${claim}`, program, "help"], folder.path);
}

beforeAll(async () => {
  const packed = await run(
    "npm",
    ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder.path],
    repository,
  );
  expect(await packed.exited).toBe(0);
  const file = join(folder.path, packed.stdout.trim());
  const flags = ["--prefix", folder.path, "--offline", "--no-audit", "--no-fund"];
  const installed = await run("npm", ["install", ...flags, file], folder.path);
  expect(installed.output).toMatch(/^\s*added 1 package in /);
});

test("Whoever installs the package gets umapi, no other package, and no Node", () => {
  const modules = join(folder.path, "node_modules");
  expect(readdirSync(modules).filter((name) => !name.startsWith("."))).toEqual(["umapi-workers"]);
  expect(readdirSync(join(modules, ".bin"))).toEqual(["umapi"]);
  expect(readdirSync(join(modules, "umapi-workers", "cli"))).toEqual(["umapi.js"]);
});

test.each(["20.0.0", "24.21.0", "26.10.0"])("umapi runs on the installer's Node %s", async (version) => {
  const program = await umapiOn(version);
  expect(program.stdout).toMatch(/^Usage: umapi /);
  expect(await program.exited).toBe(0);
});

test.each(["18.20.8", "16.20.2", "19.9.0"])("umapi says in one sentence that Node %s is too old", async (version) => {
  const program = await umapiOn(version);
  expect(program.output).toBe(`umapi: This is Node ${version}, and umapi needs 20 or newer: https://nodejs.org\n`);
  expect(await program.exited).toBe(1);
});
