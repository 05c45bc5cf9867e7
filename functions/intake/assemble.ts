import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { Applier } from "../../shared/deliveries/applier.ts";
import { DeliveryQueue } from "../../shared/deliveries/delivery-queue-sqs.ts";
import { DeliveryStore } from "../../shared/deliveries/delivery-store-dynamo.ts";
import { Enqueuer } from "../../shared/deliveries/enqueuer.ts";
import { Intake, type IntakeEvent } from "../../shared/deliveries/intake.ts";
import { KnownRecords } from "../../shared/deliveries/known-records-dynamo.ts";
import { RecordAccesses } from "../../shared/deliveries/record-access.ts";
import { RecordReader } from "../../shared/deliveries/record-reader.ts";
import { type RecordEvent, RecordWork } from "../../shared/deliveries/record-work.ts";
import { ScheduledWork } from "../../shared/deliveries/scheduled-work.ts";
import { SecretStore } from "../../shared/deliveries/secret-store.ts";
import { SourceStore } from "../../shared/deliveries/source-store.ts";
import { Spreader } from "../../shared/deliveries/spreader.ts";
import { openMs } from "../../shared/dispatch/open-time.ts";
import { WorkQueue } from "../../shared/dispatch/work-queue-sqs.ts";
import { HttpExchange } from "../../shared/http/exchange.ts";
import { detailsOf } from "../../shared/http/network-fault.ts";
import { doorVariables, openDoor } from "../../shared/lambda/door.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Canceler } from "../../shared/operate/canceler.ts";
import { DynamoLaneStore } from "../../shared/pacing/lane-store-dynamo.ts";
import { CallRecords } from "../../shared/submit/call-records-dynamo.ts";
import { Submitter } from "../../shared/submit/submitter.ts";
import { intakeHandler } from "./handler.ts";

const { ALLOW_ACCOUNT_DELETION, REQUEST_TIMEOUT_SECONDS } = variables;
const { DELIVERY_QUEUE_URL, SOURCES_PATH, WEBHOOK_SECRET_ID, RECORDS_URL } = variables;
const environmentSchema = z.object({
  ...doorVariables,
  ...{ ALLOW_ACCOUNT_DELETION, REQUEST_TIMEOUT_SECONDS },
  ...{ DELIVERY_QUEUE_URL, SOURCES_PATH, WEBHOOK_SECRET_ID, RECORDS_URL },
});

export type IntakeWorld = Pick<
  World,
  "environment" | "clock" | "random" | "newId" | "dynamo" | "sqs" | "secrets" | "ssm" | "fetchRecord"
>;

/** @throws EnvironmentError */
export function assembleIntake(world: IntakeWorld) {
  const { environment, clock, random, newId, dynamo, sqs, secrets, ssm, fetchRecord } = world;
  const settings = readEnvironment(environment, environmentSchema);
  const { TABLE_NAME: table, LANE: lane } = settings;
  const logger = new Logger({ persistentLogAttributes: { lane } });
  const metrics = new Metrics();
  const log = logEvents(logger);
  const count = countEvents(metrics);
  const report = (event: IntakeEvent | RecordEvent) => {
    log(event);
    count(event);
  };

  const door = openDoor({ clock, dynamo, sqs }, settings, log);
  const { ledger, marks, waitingRoom } = door;
  const calls = new CallRecords(dynamo, table);
  const submitter = new Submitter({ ...door, clock, newKey: newId, calls });
  const lanes = new DynamoLaneStore({ dynamo, clock, report: log }, table, lane, "action");
  const canceler = new Canceler({
    ...{ clock, newId, ledger, lanes, marks, waitingRoom, report: log },
    openMs: openMs(settings.REQUEST_TIMEOUT_SECONDS),
  });

  const store = new DeliveryStore(dynamo, table);
  const knownRecords = new KnownRecords(dynamo, table);
  const http = new HttpExchange(fetchRecord, clock, ({ host, fault }) =>
    log({ kind: "unreachable", host, ...detailsOf(fault) }),
  );
  const applier = new Applier({
    ...{ clock, submitter, knownRecords },
    rules: { allowAccountDeletion: settings.ALLOW_ACCOUNT_DELETION },
    scheduledWork: new ScheduledWork({ clock, calls, ledger, canceler }),
  });
  const reader = new RecordReader({
    ...{ http, clock, accesses: new RecordAccesses(http, clock) },
    standIn: settings.RECORDS_URL,
  });
  const intake = new Intake({
    ...{ clock, random, store, report },
    sources: new SourceStore(ssm, settings.SOURCES_PATH, clock, log),
    recordWork: new RecordWork({
      ...{ clock, store, reader, knownRecords, applier, report },
      secrets: new SecretStore(secrets, settings.WEBHOOK_SECRET_ID, clock, log),
    }),
    spreader: new Spreader(
      store,
      new Enqueuer(store, new DeliveryQueue(sqs, settings.DELIVERY_QUEUE_URL, log), clock),
      clock,
    ),
    queue: new WorkQueue(sqs, settings.DELIVERY_QUEUE_URL),
  });
  return intakeHandler(intake, logger, metrics);
}
