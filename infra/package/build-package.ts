import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleWorker, projectRoot } from "../bundle/bundle-worker.ts";
import { workerNames } from "../bundle/worker-code.ts";
import { declarations } from "./declarations.ts";
import { manifest, manifestsOfModules } from "./manifest.ts";
import { buildModules, modules } from "./modules.ts";

export interface BuiltPackage {
  /** What is published. */
  readonly folder: string;
  /** The same, packed. */
  readonly tarball: string;
  /** What it is made of, and where that lies. */
  readonly parts: readonly { readonly name: string; readonly path: string }[];
}

/**
 * Builds the package from the sources as they are.
 *
 * @param target where the folder `package` and the packed file go; what an earlier build left there goes
 * @throws if something does not compile, or if npm cannot pack it
 */
export async function buildPackage(target: string): Promise<BuiltPackage> {
  const folder = join(target, "package");
  const lib = join(folder, "lib");
  rmSync(folder, { recursive: true, force: true });
  await buildModules(lib);
  for (const [name, text] of declarations()) write(join(lib, name), text);
  for (const worker of workerNames)
    for (const { name, contents } of bundleWorker(`functions/${worker}/main.ts`).files)
      write(join(lib, "workers", worker, name), contents);
  buildCommand(join(folder, "dist"));
  for (const [name, content] of [["package.json", manifest()] as const, ...manifestsOfModules()])
    write(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
  for (const [from, to] of copied) cpSync(join(projectRoot, from), join(folder, to));
  return {
    folder,
    tarball: pack(folder, target),
    parts: [
      { name: "command line", path: join(folder, "dist") },
      ...modules.map(({ name }) => ({ name: `module ${name}`, path: join(lib, `${name}.cjs`) })),
      ...workerNames.map((name) => ({ name: `worker ${name}`, path: join(lib, "workers", name, "index.mjs") })),
    ],
  };
}

const copied = [
  ["cli/umapi.js", "cli/umapi.js"],
  ["infra/package/readme.md", "README.md"],
  ["CHANGELOG.md", "CHANGELOG.md"],
  ["LICENSE", "LICENSE"],
] as const;

function write(file: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

/** In a process of its own: no floor of `infra/` knows the command line. */
function buildCommand(folder: string): void {
  execFileSync(process.execPath, ["cli/bundle.ts", folder], { cwd: projectRoot, stdio: "inherit" });
}

/** @returns the packed file */
function pack(folder: string, target: string): string {
  const { npm_execpath: npm } = process.env;
  const [program, args] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const name = execFileSync(
    program,
    [...args, "pack", folder, "--silent", "--ignore-scripts", "--pack-destination", target],
    {
      cwd: target,
      encoding: "utf8",
    },
  );
  return join(target, name.trim());
}
