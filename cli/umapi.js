#!/usr/bin/env node
/**
 * The program `umapi`, in plain JavaScript that any Node reads. It runs the bundle that `npm run prepare` makes of
 * `main.ts`.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

const oldestMajor = 20;
const { node } = process.versions;
const program = new URL("../dist/umapi.js", import.meta.url);
// The launcher is not in the package: an installed package runs on the user's Node.
const launcher = new URL("../infra/node/run.js", import.meta.url);

// `--optimize-for-size`: printing 100,000 users peaks at 115 MB instead of 174 MB.
setFlagsFromString("--optimize-for-size");

if (!existsSync(program)) fail("It is not built yet. Run: npm run prepare");
else if (Number.parseInt(node, 10) >= oldestMajor) await import(program.href);
else if (!existsSync(launcher))
  fail(`This is Node ${node}, and umapi needs ${oldestMajor} or newer: https://nodejs.org`);
else {
  const { runOnProjectNode } = await import(launcher.href);
  runOnProjectNode([fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(`umapi: ${sentence}`);
  process.exitCode = 1;
}
