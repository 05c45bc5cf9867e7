import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import type { LedgerTable } from "./ledger-table.ts";
import type { RoomTable } from "./room-table.ts";
import { settings } from "./settings.ts";
import type { WorkQueues } from "./work-queues.ts";
import { type WorkerDefaults, WorkerFunction } from "./worker-function.ts";

export interface SubmitWorkerProps {
  readonly workQueues: WorkQueues;
  readonly ledger: LedgerTable;
  readonly room: RoomTable;
  readonly lane: string;
  readonly allowAccountDeletion: boolean;
  readonly defaults: WorkerDefaults;
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
        ALLOW_ACCOUNT_DELETION: String(props.allowAccountDeletion),
      },
    });
    this.worker.allow(["sqs:SendMessage"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.calls]);
    this.worker.allowItems(["PutItem"], table.tableArn, [keys.calls, keys.operations]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark]);
    this.worker.allowItems(["BatchWriteItem"], roomTable.tableArn, [keys.scheduled]);
  }
}
