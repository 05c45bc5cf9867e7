import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { doorVariables, openDoor } from "../../shared/lambda/door.ts";
import { readEnvironment } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import type { LedgerEvent } from "../../shared/ledger/ledger-dynamo.ts";
import { DynamoLaneStore } from "../../shared/pacing/lane-store-dynamo.ts";
import { PauseStore } from "../../shared/pacing/pause-dynamo.ts";
import type { UnreadableItem } from "../../shared/pacing/unreadable-item.ts";
import { BellQueue } from "../../shared/queue/bell-queue-sqs.ts";
import { queueDepth } from "../../shared/queue/queue-depth-sqs.ts";
import { type ReleaseEvent, Releaser } from "../../shared/release/releaser.ts";
import type { SendEvent } from "../../shared/submit/submission-queue-sqs.ts";
import { releaseHandler } from "./handler.ts";

const environmentSchema = z.object(doorVariables);

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
  const releaser = new Releaser({
    ...openDoor({ clock, dynamo, sqs }, settings, report),
    clock,
    lanes: new DynamoLaneStore({ dynamo, clock, report }, table, lane, "action"),
    pauses: new PauseStore(dynamo, table, lane),
    bells: new BellQueue(sqs, { queueUrl, lane }),
    queueDepth: () => queueDepth(sqs, queueUrl),
    report,
  });
  return releaseHandler(releaser, logger, metrics);
}
