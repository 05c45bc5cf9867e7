import { Construct } from "constructs";
import type { WebhookWorkerName } from "./bundle/worker-code.ts";
import { DeliveriesWorker } from "./deliveries-worker.ts";
import { DeliveryQueues } from "./delivery-queues.ts";
import { IntakeWorker } from "./intake-worker.ts";
import { WebhookKeys } from "./webhook-keys.ts";
import { WebhookSources } from "./webhook-sources.ts";
import { WebhookWorker } from "./webhook-worker.ts";
import type { WorkerFunction } from "./worker-function.ts";
import type { WorkerParts } from "./worker-parts.ts";

export interface WebhooksProps extends WorkerParts {
  readonly allowAccountDeletion: boolean;
  readonly instanceName: string;
  /** By name, as the configuration file has them; at least one. */
  readonly sources: Readonly<Record<string, object>>;
}

/** Everything that takes webhooks of HR systems. */
export class Webhooks extends Construct {
  readonly deliveryQueues: DeliveryQueues;
  readonly sources: WebhookSources;
  readonly keys: WebhookKeys;
  readonly workers: Readonly<Record<WebhookWorkerName, WorkerFunction>>;
  /** Hands deliveries to intake. */
  readonly intake: IntakeWorker;

  constructor(scope: Construct, id: string, { instanceName, sources, ...shared }: WebhooksProps) {
    super(scope, id);
    const { removalPolicy, encryptionKey } = shared.defaults;
    const kept = { removalPolicy, encryptionKey };
    this.deliveryQueues = new DeliveryQueues(this, "DeliveryQueue", kept);
    this.sources = new WebhookSources(this, "Sources", { instanceName, sources });
    this.keys = new WebhookKeys(this, "Keys", kept);
    const parts = { ...shared, deliveryQueues: this.deliveryQueues, sources: this.sources, keys: this.keys };
    const { worker: webhook } = new WebhookWorker(this, "Webhook", parts);
    this.intake = new IntakeWorker(this, "Intake", parts);
    const { worker: deliveries } = new DeliveriesWorker(this, "Deliveries", parts);
    this.workers = { webhook, intake: this.intake.worker, deliveries };
  }
}
