/**
 * `npm run prepare`: writes `dist/umapi.js`, which `cli/umapi.js` runs. Node does not run TypeScript from
 * `node_modules`. The bundle holds every dependency, so that the package installs no other.
 */
import { rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = "dist";

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { umapi: "cli/main.ts" },
  outdir,
  bundle: true,
  // What only some commands need goes to files of its own, which only those commands load.
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // ES modules first, because only from them can unused code be left out.
  mainFields: ["module", "main"],
});
