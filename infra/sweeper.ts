import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { WorkerCode } from "./bundle/worker-code.ts";
import type { LedgerTable } from "./ledger-table.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";

export interface SweeperProps {
  readonly ledger: LedgerTable;
  readonly lane: string;
  readonly workerCode: WorkerCode;
  readonly tracing: boolean;
}

/** Fails, on a schedule, what has been queued for so long that SQS would soon forget it, and counts what is queued. */
export class Sweeper extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: SweeperProps) {
    super(scope, id);
    const { table, byStatusArn } = props.ledger;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "sweep",
      description: "Ends user operations that have waited for too long",
      code: props.workerCode("sweep"),
      timeoutSeconds: settings.sweepTimeoutSeconds,
      tracing: props.tracing,
      environment: { TABLE_NAME: table.tableName, LANE: props.lane },
    });
    this.worker.allow(["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem"], [table.tableArn]);
    this.worker.allow(["dynamodb:Query"], [byStatusArn]);

    // A rule and not EventBridge Scheduler: it needs no role of its own, and here the two do the same.
    new Rule(this, "Schedule", {
      description: "Runs the sweeper of the Adobe workers",
      schedule: Schedule.rate(Duration.minutes(settings.sweepIntervalMinutes)),
      targets: [new LambdaTarget(this.worker.function)],
    });
  }
}
