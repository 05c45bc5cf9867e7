import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { CallListing } from "../../shared/ledger/call-listing.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { Listing } from "../../shared/ledger/listing-dynamo.ts";
import { OperationReader } from "../../shared/ledger/operation-reader.ts";
import { DynamoLaneStore } from "../../shared/pacing/lane-store-dynamo.ts";
import { queueDepth } from "../../shared/queue/queue-depth-sqs.ts";
import { operationsHandler } from "./handler.ts";

const { QUEUE_URL, TABLE_NAME, LANE, ACTION_BUDGET } = variables;
const environmentSchema = z.object({ QUEUE_URL, TABLE_NAME, LANE, ACTION_BUDGET });

export interface OperationsWorld extends Pick<World, "environment" | "clock" | "dynamo" | "sqs"> {
  /** Gives the API's description, as JSON. */
  readonly description: () => string;
}

/** @throws EnvironmentError */
export function assembleOperations({ environment, clock, dynamo, sqs, description }: OperationsWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger();
  const report = logEvents(logger);
  const ledger = new Ledger(dynamo, settings.TABLE_NAME, report);
  const reader = new OperationReader({
    clock,
    ledger,
    listing: new Listing(dynamo, settings.TABLE_NAME),
    laneName: settings.LANE,
    callListing: new CallListing(ledger),
    lanes: new DynamoLaneStore({ dynamo, clock, report }, settings.TABLE_NAME, settings.LANE, "action"),
    budget: settings.ACTION_BUDGET,
    queueDepth: () => queueDepth(sqs, settings.QUEUE_URL),
  });
  return operationsHandler(reader, description, logger);
}
