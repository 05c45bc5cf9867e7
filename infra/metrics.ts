import { Stack } from "aws-cdk-lib";
import { Metric, type MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

const errorsLoggedName = "ErrorsLogged";

/** The stack's name: under a fixed one, two stacks in one account would set off each other's alarms. */
export function metricsNamespace(scope: Construct): string {
  return Stack.of(scope).stackName;
}

/** A metric that a function emits through Powertools, which adds the service as the one dimension. */
export function emittedMetric(scope: Construct, service: string, metricName: string, options: MetricOptions): Metric {
  return new Metric({ ...options, namespace: metricsNamespace(scope), metricName, dimensionsMap: { service } });
}

/**
 * Counts a function's log lines at level ERROR. Functions answer even to what they did not foresee, so that Lambda's
 * own count of errors misses it.
 */
export function countErrorsLogged(logGroup: LogGroup): void {
  logGroup.addMetricFilter("Errors", {
    filterPattern: FilterPattern.stringValue("$.level", "=", "ERROR"),
    metricNamespace: metricsNamespace(logGroup),
    metricName: errorsLoggedName,
  });
}

/** What `countErrorsLogged` has counted, of all functions of the stack together. */
export function errorsLogged(scope: Construct, options: MetricOptions): Metric {
  return new Metric({ ...options, namespace: metricsNamespace(scope), metricName: errorsLoggedName });
}
