import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod/mini";
import { DeliveryStore } from "../../shared/deliveries/delivery-store-dynamo.ts";
import { Forgetter } from "../../shared/deliveries/forgetter.ts";
import { KnownRecords } from "../../shared/deliveries/known-records-dynamo.ts";
import { openMs } from "../../shared/dispatch/open-time.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { CallListing } from "../../shared/ledger/call-listing.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { Listing } from "../../shared/ledger/listing-dynamo.ts";
import { OperationReader } from "../../shared/ledger/operation-reader.ts";
import { Canceler } from "../../shared/operate/canceler.ts";
import { Eraser } from "../../shared/operate/eraser.ts";
import { HiddenMessages } from "../../shared/operate/hidden-messages-sqs.ts";
import { LaneControl } from "../../shared/operate/lane-control.ts";
import { LaneReader } from "../../shared/operate/lane-reader.ts";
import { RemovalControl } from "../../shared/operate/removal-control.ts";
import { HiddenStore } from "../../shared/pacing/hidden-dynamo.ts";
import { DynamoLaneStore } from "../../shared/pacing/lane-store-dynamo.ts";
import { PauseStore } from "../../shared/pacing/pause-dynamo.ts";
import { BellQueue } from "../../shared/queue/bell-queue-sqs.ts";
import { queueDepth } from "../../shared/queue/queue-depth-sqs.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { operateHandler } from "./handler.ts";

const { QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, ACTION_BUDGET, REQUEST_TIMEOUT_SECONDS, REMOVAL_LIMIT } =
  variables;
const environmentSchema = z.object({
  QUEUE_URL,
  TABLE_NAME,
  ROOM_TABLE_NAME,
  LANE,
  ACTION_BUDGET,
  REQUEST_TIMEOUT_SECONDS,
  REMOVAL_LIMIT,
});

export type OperateWorld = Pick<World, "environment" | "clock" | "newId" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleOperate({ environment, clock, newId, dynamo, sqs }: OperateWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const { TABLE_NAME: table, LANE: laneName, ACTION_BUDGET: budget } = settings;
  const logger = new Logger({ persistentLogAttributes: { lane: laneName } });
  const report = logEvents(logger);
  const ledger = new Ledger(dynamo, table, report);
  const listing = new Listing(dynamo, table);
  const lanes = new DynamoLaneStore({ dynamo, clock, report }, table, laneName, "action");
  const pauses = new PauseStore(dynamo, table, laneName);
  const marks = new MarkStore(dynamo, table, laneName);
  const room = new Room(dynamo, settings.ROOM_TABLE_NAME, laneName);
  const waitingRoom = new WaitingRoom({ clock, room, marks, ledger });
  const bells = new BellQueue(sqs, { queueUrl: settings.QUEUE_URL, lane: laneName });
  const callListing = new CallListing(ledger);
  return operateHandler(
    {
      canceler: new Canceler({
        clock,
        newId,
        ledger,
        lanes,
        marks,
        waitingRoom,
        openMs: openMs(settings.REQUEST_TIMEOUT_SECONDS),
        report,
      }),
      reader: new OperationReader({
        clock,
        ledger,
        listing,
        callListing,
        laneName,
        lanes,
        budget,
        // Only canceled operations are read here, and they wait behind nothing.
        queueDepth: async () => undefined,
      }),
      laneControl: new LaneControl({
        clock,
        lanes,
        pauses,
        hidden: new HiddenStore(dynamo, table, laneName),
        messages: new HiddenMessages(sqs, settings.QUEUE_URL),
        bells,
        report,
      }),
      eraser: new Eraser({
        ...{ clock, ledger, listing, waitingRoom, report },
        others: new Forgetter(new DeliveryStore(dynamo, table), new KnownRecords(dynamo, table)),
      }),
      removalControl: new RemovalControl({
        ...{ clock, laneName, waitingRoom, report },
        limit: settings.REMOVAL_LIMIT,
        store: new RemovalStore(dynamo, table, laneName),
        bells,
      }),
      laneReader: new LaneReader({
        clock,
        laneName,
        lanes,
        pauses,
        listing,
        budget,
        queueDepth: () => queueDepth(sqs, settings.QUEUE_URL),
      }),
    },
    logger,
  );
}
