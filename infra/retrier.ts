import { Construct } from "constructs";
import type { WorkerCode } from "./bundle/worker-code.ts";
import type { LedgerTable } from "./ledger-table.ts";
import { settings } from "./settings.ts";
import type { WorkQueue } from "./work-queue.ts";
import { WorkerFunction } from "./worker-function.ts";

export interface RetrierProps {
  readonly workQueue: WorkQueue;
  readonly ledger: LedgerTable;
  readonly lane: string;
  readonly workerCode: WorkerCode;
  readonly tracing: boolean;
}

/** Puts an operation that has failed back into the queue. */
export class Retrier extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: RetrierProps) {
    super(scope, id);
    const { queue } = props.workQueue;
    const { table, byRootArn } = props.ledger;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "retry",
      description: "Queues failed user operations again",
      code: props.workerCode("retry"),
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      tracing: props.tracing,
      environment: { QUEUE_URL: queue.queueUrl, TABLE_NAME: table.tableName, LANE: props.lane },
    });
    this.worker.allow(["sqs:SendMessage"], [queue.queueArn]);
    this.worker.allow(["dynamodb:BatchGetItem", "dynamodb:PutItem"], [table.tableArn]);
    this.worker.allow(["dynamodb:Query"], [byRootArn]);
  }
}
