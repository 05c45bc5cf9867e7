/**
 * `npm run package`: writes the package that is published to `dist/package/`, packs it to `dist/umapi-workers-<version>.tgz`,
 * says what each part weighs, and checks both. Writes the ready stack for `aws cloudformation package` to `dist/template/`.
 */
import { join, relative } from "node:path";
import { projectRoot } from "../bundle/bundle-worker.ts";
import { buildPackage } from "./build-package.ts";
import { faultsOf } from "./check.ts";
import { kilobytes, sizeBytes, sizeTable } from "./sizes.ts";
import { writeTemplateFolder } from "./template-folder.ts";

const target = join(projectRoot, "dist");
const template = join(target, "template");
const built = await buildPackage(target);
const { folder, tarball } = built;
writeTemplateFolder(template);
const here = (path: string) => relative(process.cwd(), path);
console.log(sizeTable(built));
console.log(`Package: ${here(folder)}; packed ${here(tarball)}`);
console.log(`Template: ${here(template)}, ${kilobytes(sizeBytes(template))}`);
const faults = faultsOf(folder, tarball);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
