import type { Clock } from "../../shared/time/clock.ts";

/** An alarm's properties in the template, with the value of each dimension as a text. */
export interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Statistic: "Sum" | "Maximum";
  /** Seconds. */
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly Threshold: number;
  readonly ComparisonOperator: "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly TreatMissingData: "breaching" | "notBreaching";
}

interface Datum {
  readonly metric: string;
  readonly at: number;
  readonly value: number;
}

/** A metric's namespace, name and the value of its dimension, if it has one. */
export type MetricName = readonly [namespace: string, name: string, dimension?: string];

/** The metrics of a simulated world, and what CloudWatch makes of them. */
export class CloudWatch {
  readonly #clock: Clock;
  readonly #data: Datum[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(metric: MetricName, value: number): void {
    this.#data.push({ metric: metric.join(" "), at: this.#clock.now(), value });
  }

  /** Whether an alarm is on: AWS looks at the last periods, which begin at full multiples of their length. */
  isOn(alarm: AlarmProperties): boolean {
    const { Namespace, MetricName, Dimensions = [], EvaluationPeriods, DatapointsToAlarm, Period } = alarm;
    const metric = [Namespace, MetricName, ...Dimensions.map(({ Value }) => Value)].join(" ");
    const data = this.#data.filter((datum) => datum.metric === metric);
    const periodMs = Period * 1000;
    const end = (Math.floor(this.#clock.now() / periodMs) + 1) * periodMs;
    const breaching = Array.from({ length: EvaluationPeriods }, (_, index) => {
      const from = end - (index + 1) * periodMs;
      return isBreaching(
        alarm,
        data.filter(({ at }) => at >= from && at < from + periodMs).map(({ value }) => value),
      );
    });
    return breaching.filter(Boolean).length >= DatapointsToAlarm;
  }
}

function isBreaching(alarm: AlarmProperties, values: readonly number[]): boolean {
  const { Statistic, Threshold, ComparisonOperator, TreatMissingData } = alarm;
  if (values.length === 0) return TreatMissingData === "breaching";
  const value = Statistic === "Sum" ? values.reduce((sum, each) => sum + each, 0) : Math.max(...values);
  return ComparisonOperator === "LessThanThreshold" ? value < Threshold : value >= Threshold;
}
