import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { projectRoot } from "../bundle/bundle-worker.ts";
import { modules, peers } from "./modules.ts";

const specifier = /(?<=\bfrom "|\bimport\(")[^"]+(?=")/g;

/**
 * The declarations of the package's modules: what the compiler writes, as far as the modules' types lead.
 *
 * @returns content by file, relative to the package's folder for modules: `index.d.cts`, and what it imports
 * @throws if a declaration names a package that whoever installs this one does not have
 */
export function declarations(): Map<string, string> {
  const emitted = mkdtempSync(join(tmpdir(), "umapi-workers-types-"));
  try {
    writeFileSync(join(emitted, "tsconfig.json"), JSON.stringify(compilation(emitted)));
    const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [compiler, "-p", emitted], { stdio: "inherit" });
    const files = new Map<string, string>();
    for (const { name, source } of modules) collect(emitted, source, `${name}.d.cts`, files);
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

/** Adds the declarations of a source, and of all that they lead to. @param file their name in the package */
function collect(emitted: string, source: string, file: string, files: Map<string, string>): void {
  if (files.has(file)) return;
  const text = readFileSync(join(emitted, source.replace(/\.ts$/, ".d.ts")), "utf8");
  const next: [string, string][] = [];
  files.set(
    file,
    text.replaceAll(specifier, (imported) => {
      if (!imported.startsWith(".")) {
        checkPackage(imported, source);
        return imported;
      }
      const path = join(dirname(source), imported);
      const target = join("types", path).replace(/\.ts$/, ".d.cts").replaceAll("\\", "/");
      next.push([path, target]);
      const from = relative(dirname(file), target)
        .replaceAll("\\", "/")
        .replace(/\.d\.cts$/, ".cjs");
      return from.startsWith(".") ? from : `./${from}`;
    }),
  );
  for (const [path, target] of next) collect(emitted, path, target, files);
}

function checkPackage(imported: string, source: string): void {
  if (isBuiltin(imported) || peers.some((peer) => imported === peer || imported.startsWith(`${peer}/`))) return;
  throw new Error(
    `The declarations of ${source} name "${imported}", which whoever installs the package does not have: say the type without it.`,
  );
}
