import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { Listing } from "../../shared/ledger/listing-dynamo.ts";
import { RemovalCounter } from "../../shared/removals/removal-counter.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import { Retrier } from "../../shared/retry/retrier.ts";
import { SubmissionQueue } from "../../shared/submit/submission-queue-sqs.ts";
import { retryHandler } from "./handler.ts";

const { QUEUE_URL, TABLE_NAME, LANE, ALLOW_ACCOUNT_DELETION, REMOVAL_LIMIT } = variables;
const environmentSchema = z.object({ QUEUE_URL, TABLE_NAME, LANE, ALLOW_ACCOUNT_DELETION, REMOVAL_LIMIT });

export type RetryWorld = Pick<World, "environment" | "clock" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleRetry({ environment, clock, dynamo, sqs }: RetryWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger({ persistentLogAttributes: { lane: settings.LANE } });
  const report = logEvents(logger);
  const retrier = new Retrier({
    clock,
    allowAccountDeletion: settings.ALLOW_ACCOUNT_DELETION,
    ledger: new Ledger(dynamo, settings.TABLE_NAME, report),
    listing: new Listing(dynamo, settings.TABLE_NAME),
    removalCounter: new RemovalCounter({
      clock,
      store: new RemovalStore(dynamo, settings.TABLE_NAME, settings.LANE),
      limit: settings.REMOVAL_LIMIT,
    }),
    queue: new SubmissionQueue(sqs, { queueUrl: settings.QUEUE_URL, lane: settings.LANE }, report),
  });
  return retryHandler(retrier, logger);
}
