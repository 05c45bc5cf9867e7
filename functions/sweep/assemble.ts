import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { Listing } from "../../shared/ledger/listing-dynamo.ts";
import { PauseStore } from "../../shared/pacing/pause-dynamo.ts";
import { Admission } from "../../shared/room/admission.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { Settlement } from "../../shared/room/settlement.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { Mappings } from "../../shared/sweep/mappings.ts";
import { type SweepEvent, Sweeper } from "../../shared/sweep/sweeper.ts";
import { Waits } from "../../shared/sweep/waits.ts";
import { sweepHandler } from "./handler.ts";

const { TABLE_NAME, ROOM_TABLE_NAME, LANE, EVENT_SOURCE_MAPPING_IDS } = variables;
const environmentSchema = z.object({ TABLE_NAME, ROOM_TABLE_NAME, LANE, EVENT_SOURCE_MAPPING_IDS });

export type SweepWorld = Pick<World, "environment" | "clock" | "random" | "dynamo" | "lambda">;

/** @throws EnvironmentError */
export function assembleSweep({ environment, clock, random, dynamo, lambda }: SweepWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger();
  const metrics = new Metrics();
  const log = logEvents(logger);
  const count = countEvents(metrics);
  const report = (event: SweepEvent) => {
    log(event);
    count(event);
  };
  const ledger = new Ledger(dynamo, settings.TABLE_NAME, report);
  const listing = new Listing(dynamo, settings.TABLE_NAME);
  const room = new Room(dynamo, settings.ROOM_TABLE_NAME, settings.LANE);
  const marks = new MarkStore(dynamo, settings.TABLE_NAME, settings.LANE);
  const waitingRoom = new WaitingRoom({ clock, room, marks, ledger });
  const settlement = new Settlement({ ledger, waitingRoom, clock, random });
  const sweeper = new Sweeper({
    clock,
    ledger,
    listing,
    room,
    marks,
    waitingRoom,
    waits: new Waits({ clock, ledger, listing, pauses: new PauseStore(dynamo, settings.TABLE_NAME, settings.LANE) }),
    mappings: new Mappings(lambda, settings.EVENT_SOURCE_MAPPING_IDS),
    settlement,
    admission: new Admission({ clock, ledger, room, marks, waitingRoom, settlement, report }),
    report,
  });
  return sweepHandler(sweeper, logger, metrics);
}
