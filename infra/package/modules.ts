import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { projectRoot } from "../bundle/bundle-worker.ts";

/** Every module of the package: its name behind `umapi-workers`, and the source that says what it exports. */
export const modules: readonly { readonly name: string; readonly source: string }[] = [
  { name: "index", source: "infra/package/umapi-workers.ts" },
];

/** What a module may ask of whoever imports it. All else goes into it. */
export const peers = ["aws-cdk-lib", "constructs"];

/** In the package, workers are not bundled: they are there. */
const prebuiltWorkers: Plugin = {
  name: "prebuilt-workers",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/default-worker-code\.ts$/ }, () => ({
      path: join(projectRoot, "infra/package/default-worker-code.ts"),
    })),
};

/**
 * Writes each module as CommonJS, `<name>.cjs`. Its ES module, `<name>.mjs`, hands on what that exports: who loads both has
 * each class once.
 *
 * @param folder the package's folder for modules
 * @returns the files to write besides: content by name
 */
export async function buildModules(folder: string): Promise<Map<string, string>> {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(modules.map(({ name, source }) => [name, source])),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // ES modules first: only they can be shaken free of what is not used.
    mainFields: ["module", "main"],
    external: peers.flatMap((peer) => [peer, `${peer}/*`]),
    define: { "import.meta.dirname": "__dirname" },
    plugins: [prebuiltWorkers],
    legalComments: "eof",
    logLevel: "warning",
  });
  return new Map(
    modules.flatMap(({ name }) => [
      [`${name}.mjs`, `export * from "./${name}.cjs";\n`],
      [`${name}.d.mts`, `export * from "./${name}.cjs";\n`],
    ]),
  );
}
