/** `npm run prepare`: writes `dist/umapi.js`, the package's command. Node takes no TypeScript from `node_modules`. */
import { chmod, rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = "dist";

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { umapi: "cli/main.ts" },
  outdir,
  bundle: true,
  // What only some commands need stays apart, and is loaded by those.
  splitting: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node24",
});
await chmod(`${outdir}/umapi.js`, 0o755);
