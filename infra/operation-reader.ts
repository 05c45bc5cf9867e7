import { Construct } from "constructs";
import type { WorkerCode } from "./bundle/worker-code.ts";
import type { LedgerTable } from "./ledger-table.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";

export interface OperationReaderProps {
  readonly ledger: LedgerTable;
  readonly lane: string;
  /** Dispatch's own, to say until when an operation waits for it. */
  readonly actionBudget: string;
  readonly workerCode: WorkerCode;
  readonly tracing: boolean;
}

/** Tells what became of operations. It can read the ledger and change nothing. */
export class OperationReader extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: OperationReaderProps) {
    super(scope, id);
    const { table, byStatusArn, byRootArn, byWaitingArn } = props.ledger;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "operations",
      description: "Tells what became of user operations",
      code: props.workerCode("operations"),
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      tracing: props.tracing,
      environment: { TABLE_NAME: table.tableName, LANE: props.lane, ACTION_BUDGET: props.actionBudget },
    });
    this.worker.allow(["dynamodb:GetItem", "dynamodb:BatchGetItem"], [table.tableArn]);
    this.worker.allow(["dynamodb:Query"], [byStatusArn, byRootArn, byWaitingArn]);
  }
}
