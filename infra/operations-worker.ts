import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface OperationsWorkerProps extends WorkerParts {
  /** The same as dispatch's, to tell until when an operation waits for it. */
  readonly actionBudget: string;
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
