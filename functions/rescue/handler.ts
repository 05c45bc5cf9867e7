import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { deliveriesOf } from "../../shared/lambda/deliveries.ts";
import { publishMetrics } from "../../shared/lambda/publish-metrics.ts";
import type { Rescuer } from "../../shared/rescue/rescuer.ts";

/** A batch of messages that SQS has moved away from the lane's queue. */
export function rescueHandler(rescuer: Rescuer, logger: Logger, metrics: Metrics) {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(publishMetrics(metrics))
    .handler(async ({ Records }) => {
      const kept = await rescuer.rescue(deliveriesOf(Records));
      return { batchItemFailures: kept.map((itemIdentifier) => ({ itemIdentifier })) };
    });
}
