import type { Code } from "aws-cdk-lib/aws-lambda";

/** The Lambda functions that every instance has; each has its folder under `functions/`. */
export const ownWorkerNames = [
  "submit",
  "dispatch",
  "operations",
  "operate",
  "retry",
  "release",
  "rescue",
  "sweep",
] as const;

/** Those of an instance that takes webhooks. */
const webhookNames = ["webhook", "intake", "deliveries"] as const;

/** The Lambda functions of the service; each has its folder under `functions/`. */
export const workerNames = [...ownWorkerNames, ...webhookNames] as const;

export type OwnWorkerName = (typeof ownWorkerNames)[number];
export type WebhookWorkerName = (typeof webhookNames)[number];
export type WorkerName = OwnWorkerName | WebhookWorkerName;

/** Where a worker's deployable code comes from: a module `index` that exports `handler`. */
export type WorkerCode = (worker: WorkerName) => Code;
