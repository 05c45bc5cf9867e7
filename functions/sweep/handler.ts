import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import middy from "@middy/core";
import type { Sweeper } from "../../shared/sweep/sweeper.ts";

/** Runs on a schedule, whatever the event holds. */
export function sweepHandler(sweeper: Sweeper, logger: Logger, metrics: Metrics) {
  return middy<unknown, void>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(() => sweeper.sweep());
}
