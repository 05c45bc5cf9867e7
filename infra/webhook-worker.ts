import { Construct } from "constructs";
import { itemKeys } from "./item-keys.ts";
import { settings } from "./settings.ts";
import { WorkerFunction } from "./worker-function.ts";
import type { WebhookParts } from "./worker-parts.ts";

/** Verifies webhooks and stores them. It can write nothing but deliveries. */
export class WebhookWorker extends Construct {
  readonly worker: WorkerFunction;

  constructor(scope: Construct, id: string, props: WebhookParts) {
    super(scope, id);
    const { queue } = props.deliveryQueues;
    const { table } = props.ledger;
    const { secret } = props.keys;

    this.worker = new WorkerFunction(this, "Worker", {
      serviceName: "webhook",
      description: "Verifies webhooks of HR systems and stores them",
      timeoutSeconds: settings.apiFunctionTimeoutSeconds,
      defaults: props.defaults,
      environment: {
        DELIVERY_QUEUE_URL: queue.queueUrl,
        TABLE_NAME: table.tableName,
        SOURCES_PATH: props.sources.path,
        WEBHOOK_SECRET_ID: secret.secretArn,
      },
    });
    this.worker.allow(["sqs:SendMessage"], [queue.queueArn]);
    const keys = itemKeys(props.lane);
    this.worker.allowItems(["BatchGetItem", "PutItem"], table.tableArn, [keys.deliveries]);
    this.worker.allow(["ssm:GetParametersByPath"], [props.sources.pathArn]);
    this.worker.allow(["secretsmanager:GetSecretValue"], [secret.secretArn]);
  }
}
