import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import { countRuns } from "../../shared/lambda/count-runs.ts";
import { logError } from "../../shared/lambda/log-error.ts";
import { publishMetrics } from "../../shared/lambda/publish-metrics.ts";
import type { Releaser } from "../../shared/release/releaser.ts";

/** Runs each minute; the event does not matter. */
export function releaseHandler(releaser: Releaser, logger: Logger, metrics: Metrics) {
  return middy<unknown, void>()
    .use(injectLambdaContext(logger))
    .use(publishMetrics(metrics))
    .use(countRuns(metrics))
    .onError(logError(logger))
    .handler(() => releaser.release());
}
