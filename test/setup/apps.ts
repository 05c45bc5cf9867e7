/**
 * `npm run apps -- [20 …]`: tries the package, on each Node, in the CDK app that `cdk init` makes: as CommonJS, and as ES
 * modules. The registry brings the versions and what the app installs. Takes some minutes for each Node.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackage } from "../../infra/package/build-package.ts";
import { kilobytes, sizeBytes } from "../../infra/package/sizes.ts";
import { Machine } from "./machine.ts";
import { fetchTools } from "./tools.ts";
import { type AppKind, tryApp } from "./try-app.ts";

const npmByNode = new Map([
  [20, 10],
  [22, 10],
  [24, 11],
  [26, 11],
]);
const chosen = process.argv.slice(2).map(Number);
const work = mkdtempSync(join(tmpdir(), "umapi-workers-apps-"));
process.once("exit", () => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const { folder: built, tarball } = await buildPackage(work);
console.log(`package: ${kilobytes(sizeBytes(tarball))} packed, ${kilobytes(sizeBytes(built))} installed`);
const kinds: readonly AppKind[] = ["commonjs", "module"];
for (const [node, npm] of npmByNode) {
  if (chosen.length > 0 && !chosen.includes(node)) continue;
  for (const kind of kinds) {
    const home = join(work, `${node}-${kind}`);
    mkdirSync(home);
    const cell = { node, npm, folder: "adobe", isThorough: false };
    const machine = new Machine(home, fetchTools(join(work, "tools"), node, npm), cell);
    await tryApp(machine, join(home, cell.folder), tarball, kind, ({ step, seconds, trouble }) => {
      console.log(
        `node ${node}  ${kind.padEnd(8)}  ${step.padEnd(23)}  ${trouble === undefined ? `${seconds} s` : "FAILED"}`,
      );
      if (trouble === undefined) return;
      process.exitCode = 1;
      console.log(trouble);
    });
  }
}
