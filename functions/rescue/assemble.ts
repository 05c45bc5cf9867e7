import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { DeadLetters } from "../../shared/dispatch/dead-letters-sqs.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { type RescueEvent, Rescuer } from "../../shared/rescue/rescuer.ts";
import { Admission } from "../../shared/room/admission.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { Settlement } from "../../shared/room/settlement.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { rescueHandler } from "./handler.ts";

const { DEAD_LETTER_QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE } = variables;
const environmentSchema = z.object({ DEAD_LETTER_QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE });

export type RescueWorld = Pick<World, "environment" | "clock" | "random" | "dynamo" | "sqs">;

/** @throws EnvironmentError */
export function assembleRescue({ environment, clock, random, dynamo, sqs }: RescueWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const { TABLE_NAME: table, LANE: lane } = settings;
  const logger = new Logger({ persistentLogAttributes: { lane } });
  const metrics = new Metrics();
  const log = logEvents(logger);
  const count = countEvents(metrics);
  const report = (event: RescueEvent) => {
    log(event);
    count(event);
  };
  const ledger = new Ledger(dynamo, table, report);
  const room = new Room(dynamo, settings.ROOM_TABLE_NAME, lane);
  const marks = new MarkStore(dynamo, table, lane);
  const waitingRoom = new WaitingRoom({ clock, room, ledger, marks });
  const settlement = new Settlement({ ledger, waitingRoom, clock, random });
  const rescuer = new Rescuer({
    admission: new Admission({ clock, ledger, room, marks, waitingRoom, settlement, report }),
    deadLetters: new DeadLetters(sqs, settings.DEAD_LETTER_QUEUE_URL, report),
    report,
  });
  return rescueHandler(rescuer, logger, metrics);
}
