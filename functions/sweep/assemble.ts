import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import * as z from "zod/mini";
import { readEnvironment, variables } from "../../shared/lambda/environment.ts";
import { countEvents, logEvents } from "../../shared/lambda/telemetry.ts";
import type { World } from "../../shared/lambda/world.ts";
import { Ledger } from "../../shared/ledger/ledger.ts";
import { Listing } from "../../shared/ledger/listing.ts";
import { DynamoLaneStore } from "../../shared/pacing/dynamo-lane-store.ts";
import { type SweepEvent, Sweeper } from "../../shared/sweep/sweeper.ts";
import { sweepHandler } from "./handler.ts";

const { TABLE_NAME, LANE } = variables;
const environmentSchema = z.object({ TABLE_NAME, LANE });

export type SweepWorld = Pick<World, "environment" | "clock" | "dynamo">;

/** @throws EnvironmentError */
export function assembleSweep({ environment, clock, dynamo }: SweepWorld) {
  const settings = readEnvironment(environment, environmentSchema);
  const logger = new Logger();
  const metrics = new Metrics();
  const log = logEvents(logger);
  const count = countEvents(metrics);
  const sweeper = new Sweeper({
    clock,
    ledger: new Ledger(dynamo, settings.TABLE_NAME),
    listing: new Listing(dynamo, settings.TABLE_NAME),
    lanes: new DynamoLaneStore(dynamo, settings.TABLE_NAME, settings.LANE, "action"),
    report: (event: SweepEvent) => {
      log(event);
      count(event);
    },
  });
  return sweepHandler(sweeper, logger, metrics);
}
