import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { CodeLists } from "../../shared/dispatch/code-lists.ts";
import { Concluder } from "../../shared/dispatch/concluder.ts";
import { Confirmation } from "../../shared/dispatch/confirmation.ts";
import { DeadLetters } from "../../shared/dispatch/dead-letters-sqs.ts";
import { DeletionGuard } from "../../shared/dispatch/deletion-guard.ts";
import { Dispatcher } from "../../shared/dispatch/dispatcher.ts";
import { EarlyLeavers } from "../../shared/dispatch/early-leavers.ts";
import type { DispatchEvent } from "../../shared/dispatch/events.ts";
import { Guards } from "../../shared/dispatch/guards.ts";
import { Guests } from "../../shared/dispatch/guests.ts";
import { HeldRemovals } from "../../shared/dispatch/held-removals.ts";
import { NextRequest } from "../../shared/dispatch/next-request.ts";
import { OlderWork } from "../../shared/dispatch/older-work.ts";
import { openMs } from "../../shared/dispatch/open-time.ts";
import { Parker } from "../../shared/dispatch/parker.ts";
import { Sender } from "../../shared/dispatch/sender.ts";
import { WorkQueue } from "../../shared/dispatch/work-queue-sqs.ts";
import { HttpExchange } from "../../shared/http/exchange.ts";
import { detailsOf } from "../../shared/http/network-fault.ts";
import { exchangeBy } from "../../shared/ims/exchange.ts";
import { secretReader } from "../../shared/ims/secrets-manager.ts";
import { TokenSource } from "../../shared/ims/token-source.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Ledger } from "../../shared/ledger/ledger-dynamo.ts";
import { HiddenStore } from "../../shared/pacing/hidden-dynamo.ts";
import { DynamoLaneStore } from "../../shared/pacing/lane-store-dynamo.ts";
import { RemovalStore } from "../../shared/removals/removals-dynamo.ts";
import { Admission } from "../../shared/room/admission.ts";
import { MarkStore } from "../../shared/room/mark-dynamo.ts";
import { Room } from "../../shared/room/room-dynamo.ts";
import { Settlement } from "../../shared/room/settlement.ts";
import { WaitingRoom } from "../../shared/room/waiting-room.ts";
import { UmapiClient } from "../../shared/umapi/client.ts";
import { dispatchHandler } from "./handler.ts";

const environmentSchema = z.object({
  QUEUE_URL: variables.QUEUE_URL,
  DEAD_LETTER_QUEUE_URL: variables.DEAD_LETTER_QUEUE_URL,
  TABLE_NAME: variables.TABLE_NAME,
  ROOM_TABLE_NAME: variables.ROOM_TABLE_NAME,
  LANE: variables.LANE,
  SECRET_ID: variables.SECRET_ID,
  AUTH: variables.AUTH,
  UMAPI_URL: variables.UMAPI_URL,
  IMS_URL: variables.IMS_URL,
  ACTION_BUDGET: variables.ACTION_BUDGET,
  REQUEST_TIMEOUT_SECONDS: variables.REQUEST_TIMEOUT_SECONDS,
  TOKEN_TIMEOUT_SECONDS: variables.TOKEN_TIMEOUT_SECONDS,
  ALLOW_ACCOUNT_DELETION: variables.ALLOW_ACCOUNT_DELETION,
});

export type DispatchWorld = Omit<World, "lambda" | "ssm" | "findKeys" | "fetchRecord">;

/** @throws EnvironmentError */
export function assembleDispatch(world: DispatchWorld) {
  const { clock, random, newId, dynamo, sqs, secrets } = world;
  const settings = readEnvironment(world.environment, environmentSchema);
  const logger = new Logger({ persistentLogAttributes: { lane: settings.LANE } });
  const metrics = new Metrics();
  const log = logEvents(logger);
  const count = countEvents(metrics);
  const report = (event: DispatchEvent) => {
    log(event);
    count(event);
  };
  const now = () => clock.now();
  const http = new HttpExchange(world.fetch, clock, ({ host, fault }) =>
    report({ kind: "unreachable", host, ...detailsOf(fault) }),
  );
  const requestTimeoutSeconds = settings.REQUEST_TIMEOUT_SECONDS;
  const tokenTimeoutSeconds = settings.TOKEN_TIMEOUT_SECONDS;
  const exchange = exchangeBy(settings.AUTH, http, { imsUrl: settings.IMS_URL, tokenTimeoutSeconds }, now);
  const services = {
    clock,
    random,
    report,
    requestId: newId,
    tokens: new TokenSource(clock, secretReader(secrets, settings.SECRET_ID), exchange),
    umapi: new UmapiClient(http, { umapiUrl: settings.UMAPI_URL, requestTimeoutSeconds }, now),
  };
  const { TABLE_NAME, ROOM_TABLE_NAME, LANE } = settings;
  const ledger = new Ledger(dynamo, TABLE_NAME, report);
  const room = new Room(dynamo, ROOM_TABLE_NAME, LANE);
  const marks = new MarkStore(dynamo, TABLE_NAME, LANE);
  const waitingRoom = new WaitingRoom({ clock, room, ledger, marks });
  const settlement = new Settlement({ ledger, waitingRoom, clock, random });
  const heldRemovals = new HeldRemovals(new RemovalStore(dynamo, TABLE_NAME, LANE), waitingRoom);
  const open = openMs(requestTimeoutSeconds);
  const olderWork = new OlderWork({ clock, ledger, waitingRoom, openMs: open });
  const parker = new Parker({ clock, settlement, waitingRoom, heldRemovals, olderWork, report });
  const deletionGuard = new DeletionGuard({ allowAccountDeletion: settings.ALLOW_ACCOUNT_DELETION });
  const guards = new Guards({ clock, settlement, waitingRoom, report }, [heldRemovals, olderWork, deletionGuard]);
  const lanes = (api: "action" | "users") => new DynamoLaneStore({ dynamo, clock, report }, TABLE_NAME, LANE, api);
  const dispatcher = new Dispatcher({
    ...services,
    laneName: LANE,
    lanes: lanes("action"),
    ledger,
    waitingRoom,
    admission: new Admission({ clock, ledger, room, marks, waitingRoom, settlement, report }),
    hidden: new HiddenStore(dynamo, TABLE_NAME, LANE),
    queue: new WorkQueue(sqs, settings.QUEUE_URL),
    deadLetters: new DeadLetters(sqs, settings.DEAD_LETTER_QUEUE_URL, report),
    sender: new Sender(services, { budget: settings.ACTION_BUDGET, requestTimeoutSeconds }),
    nextRequest: new NextRequest({
      clock,
      settlement,
      parker,
      guests: new Guests({
        ...{ clock, waitingRoom, parker, guards, settlement },
        earlyLeavers: new EarlyLeavers({ clock, ledger, waitingRoom, openMs: open }),
      }),
      guards,
    }),
    concluder: new Concluder({
      ...services,
      settlement,
      waitingRoom,
      confirmation: new Confirmation({ ...services, lanes: lanes("users") }),
      codeLists: new CodeLists({ clock, random, room }),
    }),
  });
  return dispatchHandler(dispatcher, now, logger, metrics);
}
