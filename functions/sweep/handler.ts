import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import { countRuns } from "../../shared/lambda/count-runs.ts";
import { logError } from "../../shared/lambda/log-error.ts";
import { publishMetrics } from "../../shared/lambda/publish-metrics.ts";
import type { Sweeper } from "../../shared/sweep/sweeper.ts";

/** Runs on a schedule; the event does not matter. */
export function sweepHandler(sweeper: Sweeper, logger: Logger, metrics: Metrics) {
  return middy<unknown, void>()
    .use(injectLambdaContext(logger))
    .use(publishMetrics(metrics))
    .use(countRuns(metrics))
    .onError(logError(logger))
    .handler(() => sweeper.sweep());
}
