import { Metric, type MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type LogGroup } from "aws-cdk-lib/aws-logs";

const errorsLoggedName = "ErrorsLogged";
const sendsRefusedName = "SendsRefused";

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
 * Counts log lines of a function: those at level ERROR, because functions answer even after an unexpected error, so
 * that Lambda's own count misses it; and those that say that SQS has refused messages.
 */
export function countLines(logGroup: LogGroup, metricNamespace: string): void {
  logGroup.addMetricFilter("Errors", {
    filterPattern: FilterPattern.stringValue("$.level", "=", "ERROR"),
    metricNamespace,
    metricName: errorsLoggedName,
  });
  logGroup.addMetricFilter("RefusedSends", {
    filterPattern: FilterPattern.stringValue("$.message", "=", "send failed"),
    metricNamespace,
    metricName: sendsRefusedName,
  });
}

/** The lines at level ERROR of all functions of one instance together. */
export function errorsLogged(namespace: string, options: MetricOptions = {}): Metric {
  return new Metric({ ...options, namespace, metricName: errorsLoggedName });
}

/** How often SQS has refused messages of any function of one instance. */
export function sendsRefused(namespace: string, options: MetricOptions = {}): Metric {
  return new Metric({ ...options, namespace, metricName: sendsRefusedName });
}
