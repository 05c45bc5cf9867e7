import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import * as z from "zod/mini";
import { projectRoot } from "../bundle/bundle-worker.ts";
import { modules, peers } from "./modules.ts";

/** What the modules' types name of packages that go into the bundles. Their declarations come along. */
const bundledTypes = ["zod"];

const specifier = /(?<=\bfrom "|\bimport\(")[^"]+(?=")/g;
const installed = join(projectRoot, "node_modules");
const exportsOf = z.object({
  exports: z.record(z.string(), z.union([z.string(), z.looseObject({ types: z.string() })])),
});

/**
 * The declarations of the package's modules: what the compiler writes, as far as the modules' types lead.
 *
 * @returns content by file, relative to the package's folder for modules: `index.d.cts`, and what it imports
 * @throws if a declaration names a package that whoever installs this one does not have
 */
export function declarations(): Map<string, string> {
  const emitted = realpathSync(mkdtempSync(join(tmpdir(), "umapi-workers-types-")));
  try {
    writeFileSync(join(emitted, "tsconfig.json"), JSON.stringify(compilation(emitted)));
    const compiler = join(installed, "typescript/bin/tsc");
    execFileSync(process.execPath, [compiler, "-p", emitted], { stdio: "inherit" });
    const files = new Map<string, string>();
    for (const { name, source } of modules)
      collect(declarationOf(join(emitted, source)), `${name}.d.cts`, emitted, files);
    return files;
  } finally {
    rmSync(emitted, { recursive: true });
  }
}

function compilation(outDir: string): object {
  return {
    extends: join(projectRoot, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      incremental: false,
      declaration: true,
      emitDeclarationOnly: true,
      allowJs: false,
      checkJs: false,
      rootDir: projectRoot,
      outDir,
      typeRoots: [join(projectRoot, "node_modules/@types")],
    },
    files: modules.map(({ source }) => join(projectRoot, source)),
    include: [],
  };
}

/** Adds a declaration file, and all that it leads to. @param name its own in the package */
function collect(path: string, name: string, emitted: string, files: Map<string, string>): void {
  if (files.has(name)) return;
  const next: [string, string][] = [];
  files.set(
    name,
    readFileSync(path, "utf8").replaceAll(specifier, (imported) => {
      if (isBuiltin(imported) || peers.some((peer) => imported === peer || imported.startsWith(`${peer}/`)))
        return imported;
      const target = imported.startsWith(".")
        ? declarationOf(join(dirname(path), imported))
        : inPackage(imported, path);
      const targetName = nameOf(target, emitted);
      next.push([target, targetName]);
      const from = slashes(relative(dirname(name), targetName)).replace(/\.d\.cts$/, ".cjs");
      return from.startsWith(".") ? from : `./${from}`;
    }),
  );
  for (const [target, targetName] of next) collect(target, targetName, emitted, files);
}

/** The declarations of a module: beside it, by the ending that goes with its own. */
function declarationOf(module: string): string {
  return module.replace(/\.(c?)[jt]s$/, ".d.$1ts");
}

function inPackage(imported: string, importer: string): string {
  const name = bundledTypes.find((each) => imported === each || imported.startsWith(`${each}/`));
  if (name === undefined)
    throw new Error(
      `The declarations of ${importer} name "${imported}", which whoever installs the package does not have: say the type without it.`,
    );
  const folder = join(installed, name);
  const { exports } = exportsOf.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  const entry = exports[`.${imported.slice(name.length)}`];
  if (typeof entry !== "object") throw new Error(`The package ${name} has no declarations of ${imported}.`);
  return join(folder, entry.types);
}

/** What a declaration file is called in the package. npm takes no folder `node_modules` along. */
function nameOf(path: string, emitted: string): string {
  const place = path.startsWith(emitted) ? relative(emitted, path) : join("packages", relative(installed, path));
  return slashes(join("types", place)).replace(/\.d\.c?ts$/, ".d.cts");
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
