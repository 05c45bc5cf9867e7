import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface OperateWorkerProps extends WorkerParts {
  /** Dispatch's own, to say how much of it is used. */
  readonly actionBudget: string;
}

/** Cancels operations, pauses and resumes the lane, and tells how it stands. Into the queue it puts bells alone. */
export class OperateWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: OperateWorkerProps) {
    super(scope, id);
    const { queue } = props.workQueues;
    const { table, byStatusArn, byRootArn, byWaitingArn } = props.ledger;
    const { table: roomTable } = props.room;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "operate",
      description: "Cancels user operations, pauses and resumes their lane",
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        QUEUE_URL: queue.queueUrl,
        TABLE_NAME: table.tableName,
        ROOM_TABLE_NAME: roomTable.tableName,
        LANE: props.lane,
        REMOVAL_LIMIT: props.removalLimit,
        ACTION_BUDGET: props.actionBudget,
        REQUEST_TIMEOUT_SECONDS: String(settings.requestTimeoutSeconds),
      },
    });
    this.worker.allow(["sqs:ChangeMessageVisibility", "sqs:SendMessage", "sqs:GetQueueAttributes"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [
      ...[keys.lane, keys.hidden, keys.pause, keys.mark],
      ...[keys.records, keys.removals],
    ]);
    this.worker.allowItems(["BatchGetItem"], table.tableArn, [keys.operations, keys.pause, keys.deliveries]);
    this.worker.allowItems(["PutItem"], table.tableArn, [keys.operations, keys.lane, keys.pause, keys.removals]);
    this.worker.allowItems(["DeleteItem"], table.tableArn, [keys.pause, keys.hidden, keys.deliveries, keys.records]);
    this.worker.allowItems(["Query", "PutItem", "DeleteItem", "BatchWriteItem"], roomTable.tableArn, [keys.room]);
    this.worker.allow(["dynamodb:Query"], [byStatusArn, byRootArn, byWaitingArn]);
  }
}
