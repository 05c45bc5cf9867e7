import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MiddlewareObj } from "@middy/core";

/**
 * Counts the runs that reach their end. The stack's alarms go off where a schedule brings none. It must be used after
 * `publishMetrics`, because middy calls what was used last first.
 */
export function countRuns(metrics: Metrics): MiddlewareObj {
  return {
    after: () => {
      metrics.addMetric("Runs", MetricUnit.Count, 1);
    },
  };
}
