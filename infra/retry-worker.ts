import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface RetryWorkerProps extends WorkerParts {
  readonly allowAccountDeletion: boolean;
}

/** Queues failed operations again. */
export class RetryWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: RetryWorkerProps) {
    super(scope, id);
    const { queue } = props.workQueues;
    const { table, byRootArn } = props.ledger;
    const { table: roomTable } = props.room;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "retry",
      description: "Queues failed user operations again",
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        QUEUE_URL: queue.queueUrl,
        TABLE_NAME: table.tableName,
        ROOM_TABLE_NAME: roomTable.tableName,
        LANE: props.lane,
        REMOVAL_LIMIT: props.removalLimit,
        LEAVERS_FIRST: String(props.leaversFirst),
        ALLOW_ACCOUNT_DELETION: String(props.allowAccountDeletion),
      },
    });
    this.worker.allow(["sqs:SendMessage"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.removals]);
    this.worker.allowItems(["BatchGetItem"], table.tableArn, [keys.operations]);
    this.worker.allowItems(["PutItem"], table.tableArn, [keys.operations, keys.removals]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark, keys.watermark]);
    this.worker.allowItems(["BatchWriteItem"], roomTable.tableArn, keys.leavers);
    this.worker.allow(["dynamodb:Query"], [byRootArn]);
  }
}
