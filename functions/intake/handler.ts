import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Intake } from "../../shared/deliveries/intake.ts";
import { arrivalsOf } from "../../shared/lambda/arrivals.ts";
import { publishMetrics } from "../../shared/lambda/publish-metrics.ts";

/** A batch of messages about deliveries. */
export function intakeHandler(intake: Intake, logger: Logger, metrics: Metrics) {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(publishMetrics(metrics))
    .handler(async ({ Records }) => {
      const kept = await intake.take(arrivalsOf(Records));
      return { batchItemFailures: kept.map((itemIdentifier) => ({ itemIdentifier })) };
    });
}
