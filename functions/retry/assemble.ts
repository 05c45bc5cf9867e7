import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { LeaversFirst } from "../../shared/leavers/leavers-first.ts";
import { Watermark } from "../../shared/leavers/watermark-dynamo.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { Listing } from "../../shared/ledger/listing-dynamo.ts";
import { RemovalCounter } from "../../shared/removals/removal-counter.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import { Retrier } from "../../shared/retry/retrier.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { SubmissionQueue } from "../../shared/submit/submission-queue-sqs.ts";
import { retryHandler } from "./handler.ts";

const { QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, ALLOW_ACCOUNT_DELETION, REMOVAL_LIMIT, LEAVERS_FIRST } =
  variables;
const environmentSchema = z.object({
  ...{ QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, ALLOW_ACCOUNT_DELETION, REMOVAL_LIMIT, LEAVERS_FIRST },
});

export type RetryWorld = Pick<World, "environment" | "clock" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleRetry({ environment, clock, dynamo, sqs }: RetryWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger({ persistentLogAttributes: { lane: settings.LANE } });
  const report = logEvents(logger);
  const { TABLE_NAME: table, LANE: lane } = settings;
  const ledger = new Ledger(dynamo, table, report);
  const room = new Room(dynamo, settings.ROOM_TABLE_NAME, lane);
  const waitingRoom = new WaitingRoom({ clock, room, marks: new MarkStore(dynamo, table, lane), ledger });
  const retrier = new Retrier({
    clock,
    allowAccountDeletion: settings.ALLOW_ACCOUNT_DELETION,
    ledger,
    listing: new Listing(dynamo, table),
    leaversFirst: new LeaversFirst({
      clock,
      waitingRoom,
      watermark: new Watermark(dynamo, table, lane),
      isOn: settings.LEAVERS_FIRST,
    }),
    removalCounter: new RemovalCounter({
      clock,
      store: new RemovalStore(dynamo, table, lane),
      limit: settings.REMOVAL_LIMIT,
    }),
    queue: new SubmissionQueue(sqs, { queueUrl: settings.QUEUE_URL, lane }, report),
  });
  return retryHandler(retrier, logger);
}
