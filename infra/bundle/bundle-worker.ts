import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

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

/**
 * Bundles a worker into one minified ES module with everything in it, including the AWS SDK, so that the tested code is
 * the code that runs. The same sources give the same bytes, wherever the project and the output are.
 *
 * @param entry path of the module that exports `handler`, relative to the project's root
 * @throws if esbuild cannot build it; the message names file, line and reason
 */
export function bundleWorker(entry: string): WorkerBundle {
  const result = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    // Nothing is written to this path. It is fixed so that the source map does not depend on where the project is.
    outfile: join(projectRoot, "dist", "worker", "index.mjs"),
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
  const outputs = Object.values(result.metafile.outputs);
  return {
    files: [
      ...result.outputFiles.map(({ path, contents }) => ({ name: basename(path), contents })),
      ...(besides[entry] ?? []).map((path) => ({ name: basename(path), contents: compactJson(path) })),
    ],
    inputs: outputs.flatMap(({ inputs }) => Object.keys(inputs).filter((input) => inputs[input]?.bytesInOutput)),
    imports: outputs.flatMap(({ imports }) => imports.map(({ path }) => path)),
  };
}

function compactJson(path: string): Uint8Array {
  return Buffer.from(JSON.stringify(JSON.parse(readFileSync(join(projectRoot, path), "utf8"))));
}
