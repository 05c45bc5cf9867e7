import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Code } from "aws-cdk-lib/aws-lambda";
import { bundleWorker } from "./bundle-worker.ts";
import { TemporaryCode } from "./temporary-code.ts";

/**
 * Bundles an entry into a CDK asset. Equal bundles have equal asset hashes, on whatever machine they were made.
 *
 * @param entry path of the module that exports `handler`, relative to the project's root
 * @throws if esbuild cannot build it
 */
export function bundledCode(entry: string): Code {
  const { files } = bundleWorker(entry);
  const folder = mkdtempSync(join(tmpdir(), "umapi-workers-bundle-"));
  for (const { name, contents } of files) writeFileSync(join(folder, name), contents);
  return new TemporaryCode(folder);
}
