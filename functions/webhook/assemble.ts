import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { DeliveryQueue } from "../../shared/deliveries/delivery-queue-sqs.ts";
import { DeliveryStore } from "../../shared/deliveries/delivery-store-dynamo.ts";
import { Enqueuer } from "../../shared/deliveries/enqueuer.ts";
import { type ReceiveEvent, Receiver } from "../../shared/deliveries/receiver.ts";
import { SecretStore } from "../../shared/deliveries/secret-store.ts";
import { SourceStore } from "../../shared/deliveries/source-store.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { webhookHandler } from "./handler.ts";

const { TABLE_NAME, DELIVERY_QUEUE_URL, SOURCES_PATH, WEBHOOK_SECRET_ID } = variables;
const environmentSchema = z.object({ TABLE_NAME, DELIVERY_QUEUE_URL, SOURCES_PATH, WEBHOOK_SECRET_ID });

export type WebhookWorld = Pick<World, "environment" | "clock" | "dynamo" | "sqs" | "secrets" | "ssm" | "findKeys">;

/** @throws EnvironmentError */
export function assembleWebhook({ environment, clock, dynamo, sqs, secrets, ssm, findKeys }: WebhookWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger();
  const metrics = new Metrics();
  const log = logEvents(logger);
  const count = countEvents(metrics);
  const report = (event: ReceiveEvent) => {
    log(event);
    count(event);
  };
  const store = new DeliveryStore(dynamo, settings.TABLE_NAME);
  const queue = new DeliveryQueue(sqs, settings.DELIVERY_QUEUE_URL, log);
  const receiver = new Receiver({
    clock,
    sources: new SourceStore(ssm, settings.SOURCES_PATH, clock, log),
    secrets: new SecretStore(secrets, settings.WEBHOOK_SECRET_ID, clock, log),
    findKeys,
    enqueuer: new Enqueuer(store, queue, clock),
    report,
  });
  return webhookHandler(receiver, logger, metrics);
}
