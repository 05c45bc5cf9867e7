import type { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Dispatcher } from "../../shared/dispatch/dispatcher.ts";
import { deliveriesOf } from "../../shared/lambda/deliveries.ts";
import { publishMetrics } from "../../shared/lambda/publish-metrics.ts";

/** A batch of one lane's messages. */
export function dispatchHandler(dispatcher: Dispatcher, now: () => number, logger: Logger, metrics: Metrics) {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(publishMetrics(metrics))
    .handler(async ({ Records }, context) => {
      const endsAt = now() + context.getRemainingTimeInMillis();
      const kept = await dispatcher.dispatch(deliveriesOf(Records), endsAt);
      return { batchItemFailures: kept.map((itemIdentifier) => ({ itemIdentifier })) };
    });
}
