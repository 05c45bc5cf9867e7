import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { workerNames } from "./worker-code.ts";

/** The folder with package.json. Every path in a bundle is relative to it. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

export interface WorkerBundle {
  /** `index.mjs`, its source map, and what it reads when it runs. */
  readonly files: readonly { readonly name: string; readonly contents: Uint8Array }[];
  /** Every source file that is part of `index.mjs`, relative to the project's root. */
  readonly inputs: readonly string[];
  /** The modules that it still imports when it runs. */
  readonly imports: readonly string[];
}

/** What a worker reads when it runs, by its entry: files of JSON, which lie beside its `index.mjs`. */
const besides: Readonly<Record<string, readonly string[]>> = {
  "functions/operations/main.ts": ["docs/openapi.json"],
};

const entries: readonly string[] = workerNames.map((name) => `functions/${name}/main.ts`);
const built = new Map<string, WorkerBundle>();

/**
 * Bundles a worker into one minified ES module with everything in it, including the AWS SDK, so that the tested code is
 * the code that runs. The same sources give the same bytes, wherever the project and the output are. All workers are
 * built together, once, because they share most of their modules.
 *
 * @param entry path of the module that exports `handler`, relative to the project's root
 * @throws if esbuild cannot build it; the message names file, line and reason
 */
export function bundleWorker(entry: string): WorkerBundle {
  if (!built.has(entry)) build(entries.includes(entry) ? entries : [entry]);
  const bundle = built.get(entry);
  if (bundle === undefined) throw new Error(`esbuild has built nothing for ${entry}`);
  return bundle;
}

function build(together: readonly string[]): void {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: together.map((entry) => ({ in: entry, out: `${folderOf(entry)}/index` })),
    // Nothing is written to this path. It is fixed so that the source map does not depend on where the project is.
    outdir: join(projectRoot, "dist"),
    outExtension: { ".js": ".mjs" },
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // ES modules first, because only from them can unused code be left out.
    mainFields: ["module", "main"],
    alias: {
      "@aws-sdk/credential-provider-node": join(projectRoot, "infra", "bundle", "environment-credentials.ts"),
    },
    // CommonJS packages in an ES module still call require() for Node's own modules.
    banner: {
      js: 'import{createRequire as bundleRequire}from"node:module";const require=bundleRequire(import.meta.url);',
    },
    sourcemap: "linked",
    // A stack trace needs only names and lines. The source text would triple the download.
    sourcesContent: false,
    legalComments: "none",
    logLevel: "silent",
  });
  for (const entry of together) {
    const folder = join(projectRoot, "dist", folderOf(entry));
    const { inputs = {}, imports = [] } = metafile.outputs[`dist/${folderOf(entry)}/index.mjs`] ?? {};
    built.set(entry, {
      files: [
        ...outputFiles
          .filter(({ path }) => dirname(path) === folder)
          .map(({ path, contents }) => ({ name: basename(path), contents })),
        ...(besides[entry] ?? []).map((path) => ({ name: basename(path), contents: compactJson(path) })),
      ],
      inputs: Object.keys(inputs).filter((input) => inputs[input]?.bytesInOutput),
      imports: imports.map(({ path }) => path),
    });
  }
}

function folderOf(entry: string): string {
  return basename(dirname(entry));
}

function compactJson(path: string): Uint8Array {
  return Buffer.from(JSON.stringify(JSON.parse(readFileSync(join(projectRoot, path), "utf8"))));
}
