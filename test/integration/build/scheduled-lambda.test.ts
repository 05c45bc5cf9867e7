import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { projectRoot } from "../../../infra/bundle/bundle-worker.ts";
import { buildPackage } from "../../../infra/package/build-package.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { ChildProgram } from "../../support/child-program.ts";
import { newFolder } from "../../support/folders.ts";
import { printedUrl } from "../../support/local-stack.ts";
import { anyPorts } from "../../support/local-start.ts";
import { patienceMs } from "../../support/patience.ts";
import { SandboxClient } from "../../support/sandbox-client.ts";

const example = join(projectRoot, "examples/scheduled-lambda");
const work = newFolder();
const app = join(work.path, "app");
const programs: ChildProgram[] = [];
afterAll(async () => {
  for (const program of programs) program.end();
  await Promise.all(programs.map(({ exited }) => exited));
  work.remove();
});
const installed = (path: string) => join(projectRoot, "node_modules", path);

/** The tests that the documentation shows. */
const documented = [
  ...readFileSync(join(projectRoot, "docs/testing.md"), "utf8").matchAll(/^```ts\n(.*?)^```$/gms),
].map(([, code = ""]) => code);

// As npm would install it and cdk synth it.
beforeAll(async () => {
  const { folder } = await buildPackage(work.path);
  cpSync(example, app, { recursive: true, filter: (path) => !/\/(node_modules|cdk\.out)$/.test(path) });
  const modules = join(app, "node_modules");
  mkdirSync(modules);
  cpSync(folder, join(modules, "umapi-workers"), { recursive: true });
  for (const name of ["aws-cdk-lib", "constructs", "csv-parse", "esbuild", "@types"]) link(name);
  writeFileSync(join(app, "package-lock.json"), "{}");
  for (const [index, code] of documented.entries()) writeFileSync(join(app, "bin", `documented-${index}.ts`), code);
  const compilerOptions = { noEmit: false, types: ["node"] };
  writeFileSync(
    join(app, "tsconfig.js.json"),
    JSON.stringify({ extends: "./tsconfig.json", compilerOptions, exclude: ["test", "node_modules"] }),
  );
  run(installed("typescript/bin/tsc"), "-p", "tsconfig.js.json");
  run(installed("aws-cdk/bin/cdk"), "synth", "--quiet", "--no-notices", "--app", "node bin/scheduled-lambda.js");
}, 40 * patienceMs);

function run(program: string, ...args: readonly string[]): void {
  execFileSync(process.execPath, [program, ...args], { cwd: app, stdio: ["ignore", "inherit", "inherit"] });
}

function link(name: string): void {
  symlinkSync(installed(name), join(app, "node_modules", name), "junction");
}

function umapi(...args: readonly string[]): ChildProgram {
  const file = join(app, "node_modules/umapi-workers/cli/umapi.js");
  const program = ChildProgram.run({ command: process.execPath, args: [file, "local", ...args], folder: app });
  programs.push(program);
  return program;
}

test("Where what keeps tables is not installed, umapi local names it", async () => {
  const program = umapi(...anyPorts);
  expect(await program.exited).toBe(1);
  expect(program.stderr).toBe(
    "umapi: The tables of the stack are kept in dynalite, which is not installed here. Run: npm install --save-dev dynalite\n",
  );
});

test("The example's nightly function, fired in the local stack, brings its roster to Adobe and reports", async () => {
  link("dynalite");
  const program = umapi(...anyPorts);
  await program.line(/^Ready/);
  const sandbox = new SandboxClient(await printedUrl(program, /^Adobe sandbox\s+(\S+)/));
  const { port } = new URL(await printedUrl(program, /^AWS\s+(\S+)/));
  const fire = umapi("fire", "EveryNight", "--aws-port", port);
  expect(await fire.exited).toBe(0);

  await program.line(/^schedule EveryNight ended: returned$/);
  expect(await program.line(/"message":"roster"/)).toContain('"people":3,"failed":0,"unfinished":0');
  const groupsOf = (await sandbox.users()).map(({ email, groups }) => [email, groups.toSorted()]);
  expect(Object.fromEntries(groupsOf)).toEqual({
    "ada.lovelace@example.com": ["TestGroup1"],
    "grace.hopper@example.com": ["Creative Cloud 1", "TestGroup1"],
    "annie.easley@example.com": [],
  });
});

test("The tests that the documentation shows pass", async () => {
  expect(documented).toHaveLength(2);
  const files = documented.map((_, index) => join("bin", `documented-${index}.js`));
  const program = ChildProgram.run({ command: process.execPath, args: ["--test", ...files], folder: app });
  programs.push(program);
  expect(await program.exited, program.output).toBe(0);
});

test("The example takes the package that the project makes, and what else it takes is what the project knows", () => {
  const dependencies = z.record(z.string(), z.string());
  const manifest = z.object({ dependencies, devDependencies: dependencies });
  const { dependencies: own, devDependencies } = manifest.parse(
    JSON.parse(readFileSync(join(example, "package.json"), "utf8")),
  );
  expect(own["umapi-workers"]).toBe(`file:../../dist/umapi-workers-${packageJson.version}.tgz`);
  for (const name of ["csv-parse", "dynalite", "esbuild"] as const)
    expect(devDependencies[name], name).toBe(packageJson.devDependencies[name]);
});
