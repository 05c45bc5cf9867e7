import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { DispatchWorker } from "./dispatch-worker.ts";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface ReleaseWorkerProps extends WorkerParts {
  /** The dispatcher for which it rings. */
  readonly dispatcher: DispatchWorker;
}

/**
 * Runs each minute. It rings for dispatch if something in the waiting room is due, and queues scheduled work whose time
 * has come.
 */
export class ReleaseWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: ReleaseWorkerProps) {
    super(scope, id);
    const { queue } = props.workQueues;
    const { table } = props.ledger;
    const { table: roomTable } = props.room;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "release",
      description: "Rings for user operations in the waiting room that are due",
      timeoutSeconds: settings.releaseTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        QUEUE_URL: queue.queueUrl,
        TABLE_NAME: table.tableName,
        ROOM_TABLE_NAME: roomTable.tableName,
        LANE: props.lane,
        REMOVAL_LIMIT: props.removalLimit,
        LEAVERS_FIRST: String(props.leaversFirst),
      },
    });
    this.worker.allow(["sqs:SendMessage", "sqs:GetQueueAttributes"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.lane, keys.pause, keys.mark, keys.removals]);
    this.worker.allowItems(["BatchGetItem"], table.tableArn, [keys.operations]);
    this.worker.allowItems(["PutItem"], table.tableArn, [keys.operations, keys.removals]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark, keys.watermark]);
    this.worker.allowItems(["DeleteItem"], table.tableArn, [keys.mark]);
    this.worker.allowItems(["Query", "GetItem", "PutItem", "DeleteItem", "BatchWriteItem"], roomTable.tableArn, [
      keys.room,
    ]);

    const rule = new Rule(this, "Schedule", {
      description: "Runs the releaser of the Adobe workers",
      schedule: Schedule.rate(Duration.minutes(settings.releaseIntervalMinutes)),
      targets: [new LambdaTarget(this.worker.function)],
    });
    // An older version of dispatch would dead-letter a bell, so the first bell comes only after a deployment has
    // updated dispatch.
    rule.node.addDependency(props.dispatcher);
  }
}
