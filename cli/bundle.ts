/**
 * `npm run prepare`: writes `dist/umapi.js`, which `cli/umapi.js` runs. Node takes no TypeScript from `node_modules`;
 * and with all that it needs in it, the package asks for no other.
 */
import { rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = "dist";

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { umapi: "cli/main.ts" },
  outdir,
  bundle: true,
  // What only some commands need stays apart, and is loaded by those.
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // ES modules first: only they can be shaken free of what is not used.
  mainFields: ["module", "main"],
});
