import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { doorVariables, openDoor } from "../../shared/lambda/door.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Listing } from "../../shared/ledger/listing-dynamo.ts";
import { Retrier } from "../../shared/retry/retrier.ts";
import { retryHandler } from "./handler.ts";

const { ALLOW_ACCOUNT_DELETION } = variables;
const environmentSchema = z.object({ ...doorVariables, ALLOW_ACCOUNT_DELETION });

export type RetryWorld = Pick<World, "environment" | "clock" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleRetry({ environment, clock, dynamo, sqs }: RetryWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger({ persistentLogAttributes: { lane: settings.LANE } });
  const retrier = new Retrier({
    ...openDoor({ clock, dynamo, sqs }, settings, logEvents(logger)),
    clock,
    allowAccountDeletion: settings.ALLOW_ACCOUNT_DELETION,
    listing: new Listing(dynamo, settings.TABLE_NAME),
  });
  return retryHandler(retrier, logger);
}
