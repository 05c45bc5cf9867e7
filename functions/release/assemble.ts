import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { LeaversFirst } from "../../shared/leavers/leavers-first.ts";
import { Watermark } from "../../shared/leavers/watermark-dynamo.ts";
import { Ledger, type LedgerEvent } from "../../shared/ledger/ledger-dynamo.ts";
import { DynamoLaneStore } from "../../shared/pacing/lane-store-dynamo.ts";
import { PauseStore } from "../../shared/pacing/pause-dynamo.ts";
import type { UnreadableItem } from "../../shared/pacing/unreadable-item.ts";
import { BellQueue } from "../../shared/queue/bell-queue-sqs.ts";
import { queueDepth } from "../../shared/queue/queue-depth-sqs.ts";
import { type ReleaseEvent, Releaser } from "../../shared/release/releaser.ts";
import { RemovalCounter } from "../../shared/removals/removal-counter.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { type SendEvent, SubmissionQueue } from "../../shared/submit/submission-queue-sqs.ts";
import { releaseHandler } from "./handler.ts";

const { QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, REMOVAL_LIMIT, LEAVERS_FIRST } = variables;
const environmentSchema = z.object({ QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, REMOVAL_LIMIT, LEAVERS_FIRST });

export type ReleaseWorld = Pick<World, "environment" | "clock" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleRelease({ environment, clock, dynamo, sqs }: ReleaseWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const { QUEUE_URL: queueUrl, TABLE_NAME: table, LANE: lane } = settings;
  const logger = new Logger({ persistentLogAttributes: { lane } });
  const metrics = new Metrics();
  const log = logEvents(logger);
  const count = countEvents(metrics);
  const report = (event: LedgerEvent | ReleaseEvent | SendEvent | UnreadableItem) => {
    log(event);
    count(event);
  };
  const ledger = new Ledger(dynamo, table, report);
  const room = new Room(dynamo, settings.ROOM_TABLE_NAME, lane);
  const marks = new MarkStore(dynamo, table, lane);
  const removals = new RemovalStore(dynamo, table, lane);
  const waitingRoom = new WaitingRoom({ clock, room, marks, ledger });
  const watermark = new Watermark(dynamo, table, lane);
  const releaser = new Releaser({
    clock,
    ledger,
    lanes: new DynamoLaneStore({ dynamo, clock, report }, table, lane, "action"),
    pauses: new PauseStore(dynamo, table, lane),
    marks,
    room,
    waitingRoom,
    leaversFirst: new LeaversFirst({ clock, watermark, waitingRoom, isOn: settings.LEAVERS_FIRST }),
    removals,
    removalCounter: new RemovalCounter({ clock, store: removals, limit: settings.REMOVAL_LIMIT }),
    queue: new SubmissionQueue(sqs, { queueUrl, lane }, report),
    bells: new BellQueue(sqs, { queueUrl, lane }),
    queueDepth: () => queueDepth(sqs, queueUrl),
    report,
  });
  return releaseHandler(releaser, logger, metrics);
}
