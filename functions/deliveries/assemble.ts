import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { DeliveryQueue } from "../../shared/deliveries/delivery-queue-sqs.ts";
import { DeliveryRetrier } from "../../shared/deliveries/delivery-retrier.ts";
import { DeliveryStore } from "../../shared/deliveries/delivery-store-dynamo.ts";
import { Enqueuer } from "../../shared/deliveries/enqueuer.ts";
import { KnownRecords } from "../../shared/deliveries/known-records-dynamo.ts";
import { parametersBelow } from "../../shared/deliveries/parameters-ssm.ts";
import { Seeder } from "../../shared/deliveries/seeder.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { deliveriesHandler } from "./handler.ts";

const { TABLE_NAME, DELIVERY_QUEUE_URL, SOURCES_PATH } = variables;
const environmentSchema = z.object({ TABLE_NAME, DELIVERY_QUEUE_URL, SOURCES_PATH });

export type DeliveriesWorld = Pick<World, "environment" | "clock" | "dynamo" | "sqs" | "ssm">;

/** @throws EnvironmentError */
export function assembleDeliveries({ environment, clock, dynamo, sqs, ssm }: DeliveriesWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger();
  const log = logEvents(logger);
  const store = new DeliveryStore(dynamo, settings.TABLE_NAME);
  const enqueuer = new Enqueuer(store, new DeliveryQueue(sqs, settings.DELIVERY_QUEUE_URL, log), clock);
  return deliveriesHandler(
    {
      store,
      retrier: new DeliveryRetrier(store, enqueuer),
      seeder: new Seeder(new KnownRecords(dynamo, settings.TABLE_NAME), clock),
      isSource: async (name) => (await parametersBelow(ssm, settings.SOURCES_PATH)).has(name),
    },
    logger,
  );
}
