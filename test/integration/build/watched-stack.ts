import type { Template } from "aws-cdk-lib/assertions";
import { vi } from "vitest";
import * as z from "zod/mini";
import type { AlarmProperties, CloudWatch } from "../../simulation/cloud-watch.ts";
import { Life } from "../../simulation/life.ts";
import { templateOf } from "./template-of.ts";

/** A function, queue or API that a template refers to, by a short name. */
const shortName = (value: unknown): string => {
  const text = JSON.stringify(value);
  const worker = /Workers(?:Webhooks)?(\w+?)Worker(?:Function|Log)/.exec(text)?.[1];
  if (worker !== undefined) return worker.toLowerCase();
  if (text.includes("DeliveryQueueDeadLetterQueue")) return "dead deliveries";
  if (text.includes("DeliveryQueue")) return "deliveries";
  if (text.includes("DeadLetterQueue")) return "dead letters";
  if (text.includes("WorkQueue")) return "queue";
  return text.includes("HttpApi") ? "api" : text.replaceAll('"', "");
};

const filterSchema = z.object({
  FilterPattern: z.string(),
  LogGroupName: z.unknown(),
  MetricTransformations: z.tuple([
    z.object({ MetricNamespace: z.string(), MetricName: z.string(), MetricValue: z.literal("1") }),
  ]),
});
const lineSchema = z.looseObject({ level: z.optional(z.string()), message: z.optional(z.string()) });
const emittedSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(z.object({ Metrics: z.array(z.looseObject({ Name: z.string() })) })),
  }),
});

/** The stack's alarms and metric filters, as they are deployed. */
export class WatchedStack {
  readonly alarms: ReadonlyMap<string, AlarmProperties>;
  readonly #filters: readonly z.infer<typeof filterSchema>[];

  constructor(template: Template = templateOf()) {
    this.alarms = new Map(
      Object.entries(template.findResources("AWS::CloudWatch::Alarm")).map(([id, { Properties }]) => [
        id.replace(/^WorkersAlarms|[0-9A-F]{8}$/g, ""),
        {
          ...Properties,
          Dimensions: Properties.Dimensions?.map(({ Name, Value }: { Name: string; Value: unknown }) => ({
            Name,
            Value: shortName(Value),
          })),
        },
      ]),
    );
    this.#filters = Object.values(template.findResources("AWS::Logs::MetricFilter")).map(({ Properties }) =>
      filterSchema.parse(Properties),
    );
  }

  /** The names of the alarms that are on. */
  on(cloudWatch: CloudWatch): string[] {
    return [...this.alarms].filter(([, alarm]) => cloudWatch.isOn(alarm)).map(([name]) => name);
  }

  /** Counts what functions write from now on, until the test restores the console. */
  listen(cloudWatch: () => CloudWatch): void {
    vi.stubEnv("POWERTOOLS_LOG_LEVEL", "INFO");
    vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
    vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", "UmapiWorkers");
    // Powertools writes to the console that a test can listen to.
    vi.stubEnv("POWERTOOLS_DEV", "true");
    for (const method of ["log", "debug", "info", "warn", "error"] as const)
      vi.spyOn(console, method).mockImplementation((line) => this.#written(String(line), cloudWatch()));
  }

  #written(line: string, cloudWatch: CloudWatch): void {
    const worker = Life.current?.of ?? "nobody";
    const json: unknown = JSON.parse(line);
    const emitted = emittedSchema.safeParse(json);
    if (emitted.success) {
      for (const { Name } of emitted.data._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics))
        for (const value of [emitted.data[Name]].flat()) cloudWatch.put(["UmapiWorkers", Name, worker], Number(value));
      return;
    }
    const fields: Record<string, unknown> = lineSchema.parse(json);
    for (const { FilterPattern, LogGroupName, MetricTransformations } of this.#filters) {
      const [, field = "", value] = /^\{ \$\.(\w+) = "([^"]+)" \}$/.exec(FilterPattern) ?? [];
      const [{ MetricNamespace, MetricName }] = MetricTransformations;
      if (shortName(LogGroupName) === worker && fields[field] === value)
        cloudWatch.put([MetricNamespace, MetricName], 1);
    }
  }
}
