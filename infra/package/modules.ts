import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { projectRoot } from "../bundle/bundle-worker.ts";

interface Module {
  /** Behind `umapi-workers/`; `index` is the package by itself. */
  readonly name: string;
  /** Says what the module exports. */
  readonly source: string;
  /**
   * What its ES module is: one that hands on what CommonJS has, so that an app that loads both has each class once; or
   * one of its own, which is smaller in somebody's bundle.
   */
  readonly esModule: "handed on" | "its own";
}

/** Every module of the package. */
export const modules: readonly Module[] = [
  { name: "index", source: "infra/package/umapi-workers.ts", esModule: "handed on" },
  { name: "client", source: "client/main.ts", esModule: "its own" },
  { name: "deliveries", source: "client/deliveries.ts", esModule: "its own" },
  { name: "testing", source: "infra/local/testing.ts", esModule: "handed on" },
];

/** Which a stack's functions run in: `infra/local/host/lambda/execution-environment.ts` expects it beside itself. */
const thread = { name: "thread", source: "infra/local/host/lambda/thread.ts" };

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
 * Writes each module as CommonJS, `<name>.cjs`, and as ES module, `<name>.mjs`.
 *
 * @param folder the package's folder for modules
 */
export async function buildModules(folder: string): Promise<void> {
  // jest takes no `import()` in CommonJS; the thread has to, for functions that are ES modules.
  await bundle(modules, folder, "cjs", { "dynamic-import": false });
  await bundle([thread], folder, "cjs");
  await bundle(
    modules.filter(({ esModule }) => esModule === "its own"),
    folder,
    "esm",
  );
  for (const { name, esModule } of modules) {
    const handOn = `export * from "./${name}.cjs";\n`;
    if (esModule === "handed on") writeFileSync(join(folder, `${name}.mjs`), handOn);
    writeFileSync(join(folder, `${name}.d.mts`), handOn);
  }
}

async function bundle(
  chosen: readonly Pick<Module, "name" | "source">[],
  outdir: string,
  format: "cjs" | "esm",
  supported: Record<string, boolean> = {},
): Promise<void> {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(chosen.map(({ name, source }) => [name, source])),
    outdir,
    outExtension: { ".js": format === "cjs" ? ".cjs" : ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format,
    supported,
    // ES modules first, because only from them can unused code be left out.
    mainFields: ["module", "main"],
    external: peers.flatMap((peer) => [peer, `${peer}/*`]),
    define: format === "cjs" ? { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" } : {},
    plugins: [prebuiltWorkers],
    legalComments: "eof",
    logLevel: "warning",
  });
}
