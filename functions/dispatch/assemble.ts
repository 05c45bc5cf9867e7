import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { Confirmation } from "../../shared/dispatch/confirmation.ts";
import { Dispatcher } from "../../shared/dispatch/dispatcher.ts";
import type { DispatchEvent } from "../../shared/dispatch/events.ts";
import { WorkQueue } from "../../shared/dispatch/queue.ts";
import { Sender } from "../../shared/dispatch/sender.ts";
import { HttpExchange } from "../../shared/http/exchange.ts";
import { detailsOf } from "../../shared/http/network-fault.ts";
import { exchangeBy } from "../../shared/ims/exchange.ts";
import { secretReader } from "../../shared/ims/secret.ts";
import { TokenSource } from "../../shared/ims/token-source.ts";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Ledger } from "../../shared/ledger/ledger.ts";
import { Settlement } from "../../shared/ledger/settlement.ts";
import { DynamoLaneStore } from "../../shared/pacing/dynamo-lane-store.ts";
import { UmapiClient } from "../../shared/umapi/client.ts";
import { dispatchHandler } from "./handler.ts";

const environmentSchema = z.object({
  QUEUE_URL: variables.QUEUE_URL,
  DEAD_LETTER_QUEUE_URL: variables.DEAD_LETTER_QUEUE_URL,
  TABLE_NAME: variables.TABLE_NAME,
  LANE: variables.LANE,
  SECRET_ID: variables.SECRET_ID,
  AUTH: variables.AUTH,
  UMAPI_URL: variables.UMAPI_URL,
  IMS_URL: variables.IMS_URL,
  ACTION_BUDGET: variables.ACTION_BUDGET,
  REQUEST_TIMEOUT_SECONDS: variables.REQUEST_TIMEOUT_SECONDS,
  TOKEN_TIMEOUT_SECONDS: variables.TOKEN_TIMEOUT_SECONDS,
});

/** @throws EnvironmentError */
export function assembleDispatch(world: World) {
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
  const ledger = new Ledger(dynamo, settings.TABLE_NAME);
  const lanes = (api: "action" | "users") => new DynamoLaneStore(dynamo, settings.TABLE_NAME, settings.LANE, api);
  const dispatcher = new Dispatcher({
    ...services,
    ledger,
    lanes: lanes("action"),
    settlement: new Settlement(ledger, clock, random),
    queue: new WorkQueue(sqs, { queueUrl: settings.QUEUE_URL, deadLetterQueueUrl: settings.DEAD_LETTER_QUEUE_URL }),
    sender: new Sender(services, { budget: settings.ACTION_BUDGET, requestTimeoutSeconds }),
    confirmation: new Confirmation({ ...services, lanes: lanes("users") }),
  });
  return dispatchHandler(dispatcher, now, logger, metrics);
}
