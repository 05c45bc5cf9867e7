import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { LeaversFirst } from "../../shared/leavers/leavers-first.ts";
import { Watermark } from "../../shared/leavers/watermark-dynamo.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { RemovalCounter } from "../../shared/removals/removal-counter.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { CallRecords } from "../../shared/submit/call-records-dynamo.ts";
import { SubmissionQueue } from "../../shared/submit/submission-queue-sqs.ts";
import { Submitter } from "../../shared/submit/submitter.ts";
import { submitHandler } from "./handler.ts";

const { QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, ALLOW_ACCOUNT_DELETION, REMOVAL_LIMIT, LEAVERS_FIRST } =
  variables;
const environmentSchema = z.object({
  ...{ QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, ALLOW_ACCOUNT_DELETION, REMOVAL_LIMIT, LEAVERS_FIRST },
});

export type SubmitWorld = Pick<World, "environment" | "clock" | "newId" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleSubmit({ environment, clock, newId, dynamo, sqs }: SubmitWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger({ persistentLogAttributes: { lane: settings.LANE } });
  const report = logEvents(logger);
  const ledger = new Ledger(dynamo, settings.TABLE_NAME, report);
  const room = new Room(dynamo, settings.ROOM_TABLE_NAME, settings.LANE);
  const marks = new MarkStore(dynamo, settings.TABLE_NAME, settings.LANE);
  const store = new RemovalStore(dynamo, settings.TABLE_NAME, settings.LANE);
  const waitingRoom = new WaitingRoom({ clock, room, marks, ledger });
  const watermark = new Watermark(dynamo, settings.TABLE_NAME, settings.LANE);
  const submitter = new Submitter({
    clock,
    newKey: newId,
    calls: new CallRecords(dynamo, settings.TABLE_NAME),
    queue: new SubmissionQueue(sqs, { queueUrl: settings.QUEUE_URL, lane: settings.LANE }, report),
    ledger,
    waitingRoom,
    leaversFirst: new LeaversFirst({ clock, watermark, waitingRoom, isOn: settings.LEAVERS_FIRST }),
    removalCounter: new RemovalCounter({ clock, store, limit: settings.REMOVAL_LIMIT }),
  });
  return submitHandler(submitter, { allowAccountDeletion: settings.ALLOW_ACCOUNT_DELETION }, () => clock.now(), logger);
}
