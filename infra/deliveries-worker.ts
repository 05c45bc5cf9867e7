import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WebhookParts } from "./worker-parts.ts";

/** Lists deliveries, retries them, and is told who people were before the first one. */
export class DeliveriesWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: WebhookParts) {
    super(scope, id);
    const { queue } = props.deliveryQueues;
    const { table, byStatusArn, byWaitingArn } = props.ledger;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "deliveries",
      description: "Lists and retries deliveries of webhooks",
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        DELIVERY_QUEUE_URL: queue.queueUrl,
        TABLE_NAME: table.tableName,
        SOURCES_PATH: props.sources.path,
      },
    });
    this.worker.allow(["sqs:SendMessage"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["BatchGetItem"], table.tableArn, [keys.deliveries]);
    this.worker.allowItems(["GetItem"], table.tableArn, [keys.records]);
    this.worker.allowItems(["PutItem"], table.tableArn, [keys.deliveries, keys.records]);
    this.worker.allow(["dynamodb:Query"], [byStatusArn, byWaitingArn]);
    this.worker.allow(["ssm:GetParametersByPath"], [props.sources.pathArn]);
  }
}
