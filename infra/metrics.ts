import { Metric, type MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type LogGroup } from "aws-cdk-lib/aws-logs";

const errorsLoggedName = "ErrorsLogged";

/** A metric that a function emits through Powertools, which adds the service as the one dimension. */
export function emittedMetric(
  namespace: string,
  service: string,
  metricName: string,
  options: MetricOptions = {},
): Metric {
  return new Metric({ ...options, namespace, metricName, dimensionsMap: { service } });
}

/**
 * Counts a function's log lines at level ERROR. Functions answer even after an unexpected error, so Lambda's own count
 * of errors misses it.
 */
export function countErrorsLogged(logGroup: LogGroup, metricNamespace: string): void {
  logGroup.addMetricFilter("Errors", {
    filterPattern: FilterPattern.stringValue("$.level", "=", "ERROR"),
    metricNamespace,
    metricName: errorsLoggedName,
  });
}

/** The metric of `countErrorsLogged`, for all functions of one instance together. */
export function errorsLogged(namespace: string, options: MetricOptions = {}): Metric {
  return new Metric({ ...options, namespace, metricName: errorsLoggedName });
}
