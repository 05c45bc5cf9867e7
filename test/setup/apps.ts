/**
 * `npm run apps -- [20 …] [commonjs|module|oldest|example …]`: tries the package, on each Node, in the CDK app that
 * `cdk init` makes, as CommonJS, as ES modules and with the oldest CDK that the package promises, and in
 * `examples/scheduled-lambda`. The registry brings the versions and what the apps install. Takes some minutes for each
 * Node.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackage } from "../../infra/package/build-package.ts";
import { kilobytes, sizeBytes } from "../../infra/package/sizes.ts";
import { Machine } from "./machine.ts";
import type { Finding } from "./steps.ts";
import { fetchTools } from "./tools.ts";
import { tryApp } from "./try-app.ts";
import { tryExample } from "./try-example.ts";

const pairs = [
  { node: 20, npm: 10 },
  { node: 22, npm: 10 },
  { node: 24, npm: 11 },
  { node: 26, npm: 11 },
];
const kinds = ["commonjs", "module", "oldest", "example"] as const;
const words = process.argv.slice(2);
const chosen = <Each>(all: readonly Each[], nameOf: (each: Each) => string) => {
  const named = all.filter((each) => words.includes(nameOf(each)));
  return named.length > 0 ? named : all;
};
const work = mkdtempSync(join(tmpdir(), "umapi-workers-apps-"));
process.once("exit", () => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const { folder: built, tarball } = await buildPackage(work);
console.log(`package: ${kilobytes(sizeBytes(tarball))} packed, ${kilobytes(sizeBytes(built))} installed`);
for (const { node, npm } of chosen(pairs, (pair) => String(pair.node)))
  for (const kind of chosen(kinds, String)) {
    const home = join(work, `${node}-${kind}`);
    mkdirSync(home);
    const cell = { node, npm, folder: "adobe", isThorough: false };
    const machine = new Machine(home, fetchTools(join(work, "tools"), node, npm), cell);
    const folder = join(home, cell.folder);
    const onFinding = ({ step, seconds, trouble }: Finding) => {
      const outcome = trouble === undefined ? `${seconds} s` : "FAILED";
      console.log(`node ${node}  ${kind.padEnd(8)}  ${step.padEnd(23)}  ${outcome}`);
      if (trouble === undefined) return;
      process.exitCode = 1;
      console.log(trouble);
    };
    if (kind === "example") await tryExample(machine, folder, tarball, node, onFinding);
    else await tryApp(machine, folder, tarball, kind, node, onFinding);
  }
