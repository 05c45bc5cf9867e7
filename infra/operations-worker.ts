import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import type { LedgerTable } from "./ledger-table.ts";
import { settings } from "./settings.ts";
import type { WorkQueues } from "./work-queues.ts";
import { type WorkerDefaults, WorkerFunction } from "./worker-function.ts";

export interface OperationsWorkerProps {
  readonly workQueues: WorkQueues;
  readonly ledger: LedgerTable;
  readonly lane: string;
  /** The same as dispatch's, to tell until when an operation waits for it. */
  readonly actionBudget: string;
  readonly defaults: WorkerDefaults;
}

/** Shows operations and their results. It can read the ledger and the length of the queue, but change nothing. */
export class OperationsWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: OperationsWorkerProps) {
    super(scope, id);
    const { queue } = props.workQueues;
    const { table, byStatusArn, byRootArn, byWaitingArn } = props.ledger;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "operations",
      description: "Shows user operations and their results",
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        QUEUE_URL: queue.queueUrl,
        TABLE_NAME: table.tableName,
        LANE: props.lane,
        ACTION_BUDGET: props.actionBudget,
      },
    });
    this.worker.allow(["sqs:GetQueueAttributes"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.lane]);
    this.worker.allowItems(["BatchGetItem"], table.tableArn, [keys.operations, keys.pause]);
    this.worker.allow(["dynamodb:Query"], [byStatusArn, byRootArn, byWaitingArn]);
  }
}
