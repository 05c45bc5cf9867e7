/**
 * `npm run prepare`: writes `dist/umapi.js`, which `cli/umapi.js` runs, or the same into the folder that is named. Node
 * does not run TypeScript from `node_modules`. The bundle holds every dependency, so that the package installs no other.
 */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const [outdir = "dist"] = process.argv.slice(2);

// Chunks of an earlier build have other names.
await mkdir(outdir, { recursive: true });
for (const file of await readdir(outdir)) if (file.endsWith(".js")) await rm(join(outdir, file));
await build({
  // The thread in which a stack's function runs is a file of its own.
  entryPoints: { umapi: "cli/main.ts", thread: "infra/local/host/lambda/thread.ts" },
  outdir,
  bundle: true,
  minify: true,
  // What only some commands need goes to files of its own, which only those commands load.
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // ES modules first, because only from them can unused code be left out.
  mainFields: ["module", "main"],
});
