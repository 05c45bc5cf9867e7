import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import type { LedgerTable } from "./ledger-table.ts";
import { settings } from "./settings.ts";
import type { WorkQueues } from "./work-queues.ts";
import { type WorkerDefaults, WorkerFunction } from "./worker-function.ts";

export interface RetryWorkerProps {
  readonly workQueues: WorkQueues;
  readonly ledger: LedgerTable;
  readonly lane: string;
  readonly allowAccountDeletion: boolean;
  readonly defaults: WorkerDefaults;
}

/** Queues failed operations again. */
export class RetryWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: RetryWorkerProps) {
    super(scope, id);
    const { queue } = props.workQueues;
    const { table, byRootArn } = props.ledger;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "retry",
      description: "Queues failed user operations again",
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        QUEUE_URL: queue.queueUrl,
        TABLE_NAME: table.tableName,
        LANE: props.lane,
        ALLOW_ACCOUNT_DELETION: String(props.allowAccountDeletion),
      },
    });
    this.worker.allow(["sqs:SendMessage"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["BatchGetItem", "PutItem"], table.tableArn, [keys.operations]);
    this.worker.allow(["dynamodb:Query"], [byRootArn]);
  }
}
