import type { Code } from "aws-cdk-lib/aws-lambda";

/** The Lambda functions of the service; each has its folder under `functions/`. */
export const workerNames = [
  "submit",
  "dispatch",
  "operations",
  "operate",
  "retry",
  "release",
  "rescue",
  "sweep",
] as const;

export type WorkerName = (typeof workerNames)[number];

/** Where a worker's deployable code comes from: a module `index` that exports `handler`. */
export type WorkerCode = (worker: WorkerName) => Code;
