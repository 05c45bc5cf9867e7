/**
 * `npm run package`: writes the package that is published to `dist/package/`, packs it to `dist/umapi-workers-<version>.tgz`,
 * and checks both. Writes the ready stack for `aws cloudformation package` to `dist/template/`.
 */
import { join, relative } from "node:path";
import { projectRoot } from "../bundle/bundle-worker.ts";
import { buildPackage } from "./build-package.ts";
import { faultsOf } from "./check.ts";
import { kilobytes, sizeBytes } from "./sizes.ts";
import { writeTemplateFolder } from "./template-folder.ts";

const target = join(projectRoot, "dist");
const template = join(target, "template");
const { folder, tarball, parts } = await buildPackage(target);
writeTemplateFolder(template);
const here = (path: string) => relative(process.cwd(), path);
for (const { name, path } of parts) console.log(`${name.padEnd(24)} ${kilobytes(sizeBytes(path)).padStart(8)}`);
console.log(
  `Package: ${here(folder)}, ${kilobytes(sizeBytes(folder))}; packed ${here(tarball)}, ${kilobytes(sizeBytes(tarball))}`,
);
console.log(`Template: ${here(template)}, ${kilobytes(sizeBytes(template))}`);
const faults = faultsOf(folder, tarball);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
