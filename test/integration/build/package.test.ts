import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { projectRoot } from "../../../infra/bundle/bundle-worker.ts";
import { workerNames } from "../../../infra/bundle/worker-code.ts";
import { type BuiltPackage, buildPackage } from "../../../infra/package/build-package.ts";
import { faultsOf } from "../../../infra/package/check.ts";
import { sizeBytes } from "../../../infra/package/sizes.ts";
import { ChildProgram } from "../../support/child-program.ts";
import { newFolder } from "../../support/folders.ts";
import { patienceMs } from "../../support/patience.ts";

const work = newFolder();
afterAll(work.remove);
let built: BuiltPackage;
// It compiles, bundles ten times, and packs.
beforeAll(async () => {
  built = await buildPackage(work.path);
}, 20 * patienceMs);

/** A folder of somebody's app, of a kind, with the package and what it takes besides installed. */
function appFolder(name: string, type: "commonjs" | "module"): string {
  const folder = join(work.path, name);
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  cpSync(built.folder, join(modules, "umapi-workers"), { recursive: true });
  for (const peer of ["aws-cdk-lib", "constructs", "@types"])
    symlinkSync(join(projectRoot, "node_modules", peer), join(modules, peer), "junction");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
  return folder;
}

function snippets(page: string): string[] {
  return [...readFileSync(join(projectRoot, page), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(
    ([, code = ""]) => code,
  );
}

describe("the package", () => {
  it("is what publint and arethetypeswrong expect", () => {
    expect(faultsOf(built.folder, built.tarball)).toEqual([]);
  });

  it("holds the modules, the workers and the command, and nothing else", () => {
    const files = readdirSync(built.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(built.folder.length + 1));
    const unknown = files.filter(
      (file) =>
        !/^(package\.json|README\.md|CHANGELOG\.md|LICENSE|(client|deliveries|testing)\/package\.json|cli\/umapi\.js|dist\/[\w-]+\.js)$/.test(
          file,
        ) &&
        !/^lib\/(\w+\.(cjs|mjs|d\.cts|d\.mts)|types\/.+\.d\.cts|workers\/(\w+\/index\.mjs(\.map)?|operations\/openapi\.json))$/.test(
          file,
        ),
    );
    expect(unknown).toEqual([]);
    expect(files.filter((file) => /^lib\/workers\/\w+\/index\.mjs$/.test(file))).toHaveLength(workerNames.length);
  });

  it("asks for no package but for the CDK, for the construct, and what keeps tables, for a local stack", () => {
    const manifest = JSON.parse(readFileSync(join(built.folder, "package.json"), "utf8"));
    for (const key of ["private", "scripts", "dependencies", "devDependencies", "optionalDependencies", "files"])
      expect(manifest).not.toHaveProperty(key);
    expect(Object.keys(manifest.peerDependencies)).toEqual(["aws-cdk-lib", "constructs", "dynalite"]);
    expect(Object.values(manifest.peerDependenciesMeta)).toEqual([
      { optional: true },
      { optional: true },
      { optional: true },
    ]);
  });

  it("knows nothing of the machine it was made on", () => {
    for (const { path } of built.parts.filter(({ name }) => !name.startsWith("command")))
      expect(readFileSync(path, "utf8").includes(projectRoot), path).toBe(false);
  });

  it("can be loaded by jest, which takes no import() in CommonJS", () => {
    for (const { name, path } of built.parts.filter(({ path: file }) => file.endsWith(".cjs")))
      expect(readFileSync(path, "utf8"), name).not.toMatch(/\bimport\(/);
  });

  it("is small", () => {
    expect(sizeBytes(built.tarball)).toBeLessThan(4_700_000);
    // Half of it is the language of mappings, which are checked when a stack is synthesized.
    expect(sizeBytes(join(built.folder, "lib/index.cjs"))).toBeLessThan(550_000);
  });
});

/** What the types must refuse: where a declaration leads nowhere, everything goes. */
const wrong = `import { OperationsClient } from "umapi-workers/client";
import { UmapiWorkers, type UmapiWorkersProps } from "umapi-workers";
// @ts-expect-error
new OperationsClient().submit([{ user: 1, do: [] }], { name: "" });
// @ts-expect-error
export const props: UmapiWorkersProps = { actionBudget: 10 };
// @ts-expect-error
export const path = (workers: UmapiWorkers): number => workers.node.path;
`;

describe("an app has two organisations in one stack in ten lines", () => {
  const body = `
    const stack = new Stack(new App({ outdir: "cdk.out" }), "Accounts");
    new UmapiWorkers(stack, "Emea");
    new UmapiWorkers(stack, "Apac", { actionBudget: "5/60" });
    stack.node.root.synth();`;
  const names = "{ App, Stack }";
  const sources = {
    "app.cjs": `const ${names} = require("aws-cdk-lib"); const { UmapiWorkers } = require("umapi-workers");${body}`,
    "app.mjs": `import ${names} from "aws-cdk-lib"; import { UmapiWorkers } from "umapi-workers";${body}`,
  };
  const assets = (folder: string) => readdirSync(join(folder, "cdk.out")).filter((name) => name.startsWith("asset."));

  it("as CommonJS and as ES modules, with the same workers wherever it lies", () => {
    const folders = Object.entries(sources).map(([file, source]) => {
      const folder = appFolder(`in-${file}`, "commonjs");
      writeFileSync(join(folder, file), source);
      execFileSync(process.execPath, [file], { cwd: folder, stdio: "pipe" });
      return folder;
    });
    expect(folders.map(assets)).toEqual([assets(folders[0] ?? ""), assets(folders[0] ?? "")]);
    expect(assets(folders[0] ?? "")).toHaveLength(8);
  });

  it("and each class once, where both kinds of module are loaded", () => {
    const folder = appFolder("both", "module");
    const script = `import { createRequire } from "node:module"; import { UmapiWorkers } from "umapi-workers";
      console.log(createRequire(import.meta.url)("umapi-workers").UmapiWorkers === UmapiWorkers);`;
    writeFileSync(join(folder, "app.mjs"), script);
    expect(execFileSync(process.execPath, ["app.mjs"], { cwd: folder, encoding: "utf8" })).toBe("true\n");
  });

  it.each(["commonjs", "module"] as const)("as the documentation shows it, compiled as %s", (type) => {
    const folder = appFolder(`documented-${type}`, type);
    const shown = ["infra/package/readme.md", "docs/deploy.md", "docs/client.md"].flatMap(snippets);
    expect(shown).toHaveLength(4);
    for (const [index, code] of shown.entries()) writeFileSync(join(folder, `shown-${index}.ts`), code);
    writeFileSync(join(folder, "wrong.ts"), wrong);
    const compilerOptions = { module: "nodenext", target: "es2022", strict: true, noEmit: true, skipLibCheck: true };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, types: ["node"] } }),
    );
    const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
    const run = () => execFileSync(process.execPath, [compiler, "-p", "."], { cwd: folder, stdio: "inherit" });
    expect(run).not.toThrow();
  });
});

describe("the client", () => {
  it("loads as CommonJS and as ES module, where nothing else is installed", () => {
    const folder = join(work.path, "client-alone");
    const modules = join(folder, "node_modules");
    mkdirSync(modules, { recursive: true });
    cpSync(built.folder, join(modules, "umapi-workers"), { recursive: true });
    const use = `console.log(typeof new OperationsClient({ url: "http://127.0.0.1:1/" }).submit);`;
    const name = "{ OperationsClient }";
    writeFileSync(join(folder, "a.cjs"), `const ${name} = require("umapi-workers/client"); ${use}`);
    writeFileSync(join(folder, "a.mjs"), `import ${name} from "umapi-workers/client"; ${use}`);
    for (const file of ["a.cjs", "a.mjs"])
      expect(execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" }), file).toBe("function\n");
  });

  it("stays under 40 kB in somebody's bundle", () => {
    const folder = appFolder("bundled", "module");
    const code = `import { OperationsClient } from "umapi-workers/client"; console.log(new OperationsClient());`;
    for (const format of ["esm", "cjs"] as const) {
      const { outputFiles } = buildSync({
        stdin: { contents: code, resolveDir: folder },
        bundle: true,
        minify: true,
        platform: "node",
        format,
        write: false,
      });
      expect(outputFiles[0]?.contents.length, format).toBeLessThan(40_000);
    }
  });
});

describe("whoever installs it", () => {
  const installed = join(work.path, "installed");
  beforeAll(async () => {
    mkdirSync(installed);
    writeFileSync(join(installed, "package.json"), "{}");
    const flags = ["--offline", "--no-audit", "--no-fund"];
    const program = ChildProgram.run({ command: "npm", args: ["install", ...flags, built.tarball], folder: installed });
    await program.exited;
    expect(program.output).toMatch(/^\s*added 1 package in /);
  });

  test("gets umapi, no other package, and no Node", () => {
    const modules = join(installed, "node_modules");
    expect(readdirSync(modules).filter((name) => !name.startsWith("."))).toEqual(["umapi-workers"]);
    expect(readdirSync(join(modules, ".bin"))).toEqual(["umapi"]);
  });

  /** `umapi help` as installed, on a Node that says that it is of this version. */
  async function umapiOn(version: string): Promise<ChildProgram> {
    const claim = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
    const file = join(installed, "node_modules/umapi-workers/cli/umapi.js");
    const args = ["--import", `data:text/javascript,${claim}`, file, "help"];
    const program = ChildProgram.run({ command: process.execPath, args, folder: installed });
    await program.exited;
    return program;
  }

  test.each(["20.0.0", "24.21.0", "26.10.0"])("can run umapi on Node %s", async (version) => {
    const program = await umapiOn(version);
    expect(program.stdout).toMatch(/^Usage: umapi /);
    expect(await program.exited).toBe(0);
  });

  test.each(["18.20.8", "16.20.2", "19.9.0"])("is told in one sentence that Node %s is too old", async (version) => {
    const program = await umapiOn(version);
    expect(program.output).toBe(`umapi: This is Node ${version}, and umapi needs 20 or newer: https://nodejs.org\n`);
    expect(await program.exited).toBe(1);
  });
});
