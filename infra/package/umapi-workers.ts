/** What `umapi-workers` exports: the construct, and the stack that has nothing else in it. */
export type { WorkerCode, WorkerName } from "../bundle/worker-code.ts";
export type { HttpApi } from "../http-api.ts";
export { UmapiWorkers } from "../umapi-workers.ts";
export type { UmapiWorkersProps } from "../umapi-workers-props.ts";
export { UmapiWorkersStack, type UmapiWorkersStackProps } from "../umapi-workers-stack.ts";
