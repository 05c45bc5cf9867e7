import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { messagesFor } from "./messages-for.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WebhookParts } from "./worker-parts.ts";

export interface IntakeWorkerProps extends WebhookParts {
  readonly allowAccountDeletion: boolean;
}

/** Reads the records that webhooks name, maps them, and submits what becomes of them. */
export class IntakeWorker extends Construct {
  readonly worker: WorkerFunction;
  /** Hands messages to the worker. */
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, props: IntakeWorkerProps) {
    super(scope, id);
    const { queue } = props.workQueues;
    const { queue: deliveries } = props.deliveryQueues;
    const { table, byRootArn } = props.ledger;
    const { table: roomTable } = props.room;
    const { secret } = props.keys;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "intake",
      description: "Reads records of HR systems and maps them to user operations",
      timeoutSeconds: settings.intakeTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        QUEUE_URL: queue.queueUrl,
        DELIVERY_QUEUE_URL: deliveries.queueUrl,
        TABLE_NAME: table.tableName,
        ROOM_TABLE_NAME: roomTable.tableName,
        LANE: props.lane,
        REMOVAL_LIMIT: props.removalLimit,
        LEAVERS_FIRST: String(props.leaversFirst),
        ALLOW_ACCOUNT_DELETION: String(props.allowAccountDeletion),
        REQUEST_TIMEOUT_SECONDS: String(settings.requestTimeoutSeconds),
        SOURCES_PATH: props.sources.path,
        WEBHOOK_SECRET_ID: secret.secretArn,
      },
    });
    this.worker.allow(
      [
        ...["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
        "sqs:SendMessage",
      ],
      [deliveries.queueArn],
    );
    this.worker.allow(["sqs:SendMessage"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["GetItem"], table.tableArn, [
      ...[keys.calls, keys.records, keys.lane, keys.mark],
      keys.removals,
    ]);
    this.worker.allowItems(["BatchGetItem"], table.tableArn, [keys.deliveries, keys.operations]);
    this.worker.allowItems(["PutItem"], table.tableArn, [
      ...[keys.deliveries, keys.records, keys.calls, keys.operations],
      ...[keys.lane, keys.removals],
    ]);
    this.worker.allowItems(["UpdateItem"], table.tableArn, [keys.mark, keys.watermark]);
    this.worker.allow(["dynamodb:Query"], [byRootArn]);
    this.worker.allowItems(["Query", "PutItem", "DeleteItem", "BatchWriteItem"], roomTable.tableArn, [keys.room]);
    this.worker.allow(["ssm:GetParametersByPath"], [props.sources.pathArn]);
    this.worker.allow(["secretsmanager:GetSecretValue"], [secret.secretArn]);

    this.mapping = messagesFor(this, this.worker, deliveries, {
      maxConcurrency: settings.intakeConcurrency,
    });
  }
}
