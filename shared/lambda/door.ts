import type * as z from "zod/mini";
import { LeaversFirst } from "../leavers/leavers-first.ts";
import { Watermark } from "../leavers/watermark-dynamo.ts";
import { Ledger, type LedgerEvent } from "../ledger/ledger-dynamo.ts";
import { RemovalCounter } from "../removals/removal-counter.ts";
import { RemovalStore } from "../removals/removals-dynamo.ts";
import { MarkStore } from "../room/mark-dynamo.ts";
import { Room } from "../room/room-dynamo.ts";
import { WaitingRoom } from "../room/waiting-room.ts";
import { type SendEvent, SubmissionQueue } from "../submit/submission-queue-sqs.ts";
import { variables } from "./environment.ts";
import type { World } from "./world.ts";

const { QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, REMOVAL_LIMIT, LEAVERS_FIRST } = variables;

/** The variables of a function that puts operations into the lane's queue. */
export const doorVariables = { QUEUE_URL, TABLE_NAME, ROOM_TABLE_NAME, LANE, REMOVAL_LIMIT, LEAVERS_FIRST };

type DoorSettings = { readonly [Name in keyof typeof doorVariables]: z.output<(typeof doorVariables)[Name]> };

/** What every function needs that puts operations into the lane's queue. */
export function openDoor(
  { clock, dynamo, sqs }: Pick<World, "clock" | "dynamo" | "sqs">,
  settings: DoorSettings,
  report: (event: LedgerEvent | SendEvent) => void,
) {
  const { TABLE_NAME: table, LANE: lane } = settings;
  const ledger = new Ledger(dynamo, table, report);
  const room = new Room(dynamo, settings.ROOM_TABLE_NAME, lane);
  const marks = new MarkStore(dynamo, table, lane);
  const waitingRoom = new WaitingRoom({ clock, room, marks, ledger });
  const watermark = new Watermark(dynamo, table, lane);
  const removals = new RemovalStore(dynamo, table, lane);
  return {
    ledger,
    room,
    marks,
    waitingRoom,
    removals,
    removalCounter: new RemovalCounter({ clock, store: removals, limit: settings.REMOVAL_LIMIT }),
    leaversFirst: new LeaversFirst({ clock, watermark, waitingRoom, isOn: settings.LEAVERS_FIRST }),
    queue: new SubmissionQueue(sqs, { queueUrl: settings.QUEUE_URL, lane }, report),
  };
}
