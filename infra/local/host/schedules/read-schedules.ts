import * as z from "zod/mini";
import type { Functions } from "../lambda/functions.ts";
import type { LambdaFunction } from "../lambda/lambda-function.ts";
import { SetupError } from "../setup-error.ts";
import { accountId, region, type Stack } from "../stack.ts";
import type { Resource } from "../template.ts";

export interface Schedule {
  readonly logicalId: string;
  readonly arn: string;
  readonly everyMs: number;
  readonly function: LambdaFunction;
  /** The input of the function as JSON; undefined for the event that the service makes itself. */
  readonly input: string | undefined;
}

export interface Schedules {
  readonly schedules: readonly Schedule[];
  /** A sentence for each rule or schedule that is not run. */
  readonly notes: readonly string[];
}

const target = z.object({ Arn: z.string(), Input: z.optional(z.string()) });
const ruleProperties = z.object({
  ScheduleExpression: z.optional(z.string()),
  State: z._default(z.string(), "ENABLED"),
  Targets: z._default(z.array(target), []),
});
const scheduleProperties = z.object({
  ScheduleExpression: z.string(),
  State: z._default(z.string(), "ENABLED"),
  Target: target,
});

/** The schedules of the stack: EventBridge rules and EventBridge Scheduler's schedules that run a function. */
export function readSchedules(stack: Stack, functions: Functions): Schedules {
  const rules = stack.ofType("AWS::Events::Rule").map((resource) => {
    const { ScheduleExpression, State, Targets } = stack.properties(resource, ruleProperties);
    return { resource, expression: ScheduleExpression, enabled: State !== "DISABLED", targets: Targets, path: "rule" };
  });
  const schedules = stack.ofType("AWS::Scheduler::Schedule").map((resource) => {
    const { ScheduleExpression, State, Target } = stack.properties(resource, scheduleProperties);
    const enabled = State !== "DISABLED";
    return { resource, expression: ScheduleExpression, enabled, targets: [Target], path: "schedule/default" };
  });
  const found = [...rules, ...schedules].filter(({ enabled }) => enabled);
  return {
    schedules: found.flatMap(({ resource, expression, targets, path }) => {
      const everyMs = rateMs(expression, resource);
      if (everyMs === undefined) return [];
      const service = path === "rule" ? "events" : "scheduler";
      return targets.map(({ Arn, Input }) => ({
        logicalId: resource.logicalId,
        arn: `arn:aws:${service}:${region}:${accountId}:${path}/${stack.physicalName(resource.logicalId, 64)}`,
        everyMs,
        function: functions.find(Arn, `Resources.${resource.logicalId}.Properties`),
        input: Input,
      }));
    }),
    notes: found
      .filter(({ resource, expression }) => rateMs(expression, resource) === undefined)
      .map(({ resource, expression }) =>
        expression === undefined
          ? `The rule ${resource.logicalId} waits for events and is not run here.`
          : `The schedule ${resource.logicalId}, ${expression}, is not run here; only rate(…) is.`,
      ),
  };
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(15 minutes)` in milliseconds; undefined for `cron(…)`, `at(…)` and nothing. */
function rateMs(expression: string | undefined, { logicalId }: Resource): number | undefined {
  if (!expression?.startsWith("rate(")) return undefined;
  const [, value, unit] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const ms = unitMs[unit ?? ""];
  if (ms === undefined) {
    throw new SetupError(
      `Resources.${logicalId}.Properties.ScheduleExpression: expected rate(<n> minutes|hours|days), found ${expression}`,
    );
  }
  return Number(value) * ms;
}
