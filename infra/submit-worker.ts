import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface SubmitWorkerProps extends WorkerParts {
  readonly allowAccountDeletion: boolean;
}

/** Checks submitted operations, queues them or parks them until their day, and records the call. */
export class SubmitWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: SubmitWorkerProps) {
    super(scope, id);
    const { queue } = props.workQueues;
    const { table } = props.ledger;
    const { table: roomTable } = props.room;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "submit",
      description: "Accepts user operations and queues them for Adobe",
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
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.calls, keys.removals]);
    this.worker.allowItems(["PutItem"], table.tableArn, [keys.calls, keys.operations, keys.removals]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark, keys.watermark]);
    this.worker.allowItems(["BatchWriteItem"], roomTable.tableArn, [keys.scheduled, ...keys.leavers]);
  }
}
