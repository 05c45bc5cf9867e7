import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetCode, type Code, type CodeConfig } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { bundleWorker } from "./bundle-worker.ts";

/** The Lambda functions of the service; each has its folder under `functions/`. */
export type WorkerName = "submit" | "dispatch" | "operations" | "operate" | "retry" | "release" | "rescue" | "sweep";

/** Where a worker's deployable code comes from: a module `index` that exports `handler`. */
export type WorkerCode = (worker: WorkerName) => Code;

/** Bundles a worker from `functions/`. */
export const bundledWorkerCode: WorkerCode = (worker) => bundledCode(`functions/${worker}/main.ts`);

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

/** Goes when its function or layer has it: from then on CDK works with the copy in its output. */
export class TemporaryCode extends AssetCode {
  override bind(scope: Construct): CodeConfig {
    try {
      return super.bind(scope);
    } finally {
      rmSync(this.path, { recursive: true, force: true });
    }
  }
}
