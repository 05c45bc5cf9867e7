import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface SweepWorkerProps extends WorkerParts {
  /** Those that must be on. */
  readonly mappings: readonly EventSourceMapping[];
}

/**
 * Runs on a schedule. It parks operations that SQS would soon forget, finds forgotten lists in the waiting room, and
 * tells how long work waits, and whether messages are handed to the functions.
 */
export class SweepWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: SweepWorkerProps) {
    super(scope, id);
    const { table, byStatusArn, byWaitingArn } = props.ledger;
    const { table: roomTable } = props.room;
    const { mappings } = props;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "sweep",
      description: "Parks user operations that SQS would soon forget",
      timeoutSeconds: settings.sweepTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        TABLE_NAME: table.tableName,
        ROOM_TABLE_NAME: roomTable.tableName,
        LANE: props.lane,
        EVENT_SOURCE_MAPPING_IDS: mappings.map(({ eventSourceMappingId }) => eventSourceMappingId).join(","),
      },
    });
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.pause, keys.mark]);
    this.worker.allowItems(["BatchGetItem", "PutItem"], table.tableArn, [keys.operations]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark]);
    this.worker.allowItems(["Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"], roomTable.tableArn, [
      keys.room,
    ]);
    this.worker.allow(["dynamodb:Query"], [byStatusArn, byWaitingArn]);
    this.worker.allow(
      ["lambda:GetEventSourceMapping"],
      mappings.map(({ eventSourceMappingArn }) => eventSourceMappingArn),
    );

    // This is a rule and not an EventBridge Scheduler schedule: both do the same here, and a rule needs no role of its
    // own.
    new Rule(this, "Schedule", {
      description: "Runs the sweeper of the Adobe workers",
      schedule: Schedule.rate(Duration.minutes(settings.sweepIntervalMinutes)),
      targets: [new LambdaTarget(this.worker.function)],
    });
  }
}
