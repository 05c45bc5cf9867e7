import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { WorkerCode } from "../bundle/worker-code.ts";

/** The workers that the package brings along, bundled when it was made. They are the same on every machine. */
export const defaultWorkerCode: WorkerCode = (worker) => Code.fromAsset(join(import.meta.dirname, "workers", worker));
