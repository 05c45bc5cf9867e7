import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { messagesFor } from "./messages-for.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

/**
 * Parks the operations of messages that SQS has moved away because they were received too often. It is a function of
 * its own, because this happens if dispatch cannot start.
 */
export class RescueWorker extends Construct {
  readonly worker: WorkerFunction;
  /** Hands messages to the worker. */
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, props: WorkerParts) {
    super(scope, id);
    const { returnedQueue, deadLetterQueue } = props.workQueues;
    const { table } = props.ledger;
    const { table: roomTable } = props.room;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "rescue",
      description: "Parks user operations that were received from SQS too often",
      timeoutSeconds: settings.rescueTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl,
        TABLE_NAME: table.tableName,
        ROOM_TABLE_NAME: roomTable.tableName,
        LANE: props.lane,
      },
    });
    this.worker.allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], [returnedQueue.queueArn]);
    this.worker.allow(["sqs:SendMessage"], [deadLetterQueue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["BatchGetItem", "PutItem"], table.tableArn, [keys.operations]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark]);
    this.worker.allowItems(["PutItem", "DeleteItem", "BatchWriteItem"], roomTable.tableArn, [keys.room]);

    this.mapping = messagesFor(this, this.worker, returnedQueue);
  }
}
