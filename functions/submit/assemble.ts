import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { doorVariables, openDoor } from "../../shared/lambda/door.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { CallRecords } from "../../shared/submit/call-records-dynamo.ts";
import { Submitter } from "../../shared/submit/submitter.ts";
import { submitHandler } from "./handler.ts";

const { ALLOW_ACCOUNT_DELETION } = variables;
const environmentSchema = z.object({ ...doorVariables, ALLOW_ACCOUNT_DELETION });

export type SubmitWorld = Pick<World, "environment" | "clock" | "newId" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleSubmit({ environment, clock, newId, dynamo, sqs }: SubmitWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger({ persistentLogAttributes: { lane: settings.LANE } });
  const submitter = new Submitter({
    ...openDoor({ clock, dynamo, sqs }, settings, logEvents(logger)),
    clock,
    newKey: newId,
    calls: new CallRecords(dynamo, settings.TABLE_NAME),
  });
  return submitHandler(submitter, { allowAccountDeletion: settings.ALLOW_ACCOUNT_DELETION }, () => clock.now(), logger);
}
