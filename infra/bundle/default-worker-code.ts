import { bundledCode } from "./bundled-code.ts";
import type { WorkerCode } from "./worker-code.ts";

/** Bundles a worker from `functions/`. The published package has `infra/package/default-worker-code.ts` in place of this. */
export const defaultWorkerCode: WorkerCode = (worker) => bundledCode(`functions/${worker}/main.ts`);
