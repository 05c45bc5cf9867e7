import * as z from "zod/mini";
import type { Functions } from "../lambda/functions.ts";
import type { LambdaFunction } from "../lambda/lambda-function.ts";
import { SetupError } from "../setup-error.ts";
import { accountId, region, type Stack } from "../stack.ts";
import type { Resource } from "../template.ts";

export interface Schedule {
  /** As its owner calls it: its own name, else the ids of its construct, else its logical id. */
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly service: "events" | "scheduler";
  /** For example `cron(0 3 * * ? *)`. */
  readonly expression: string;
  /** Undefined where only its owner runs it here. */
  readonly everyMs: number | undefined;
  readonly targets: readonly Target[];
}

interface Target {
  readonly function: LambdaFunction;
  /** The input of the function as JSON; undefined for the event that the service makes itself. */
  readonly input: string | undefined;
}

export interface Schedules {
  readonly schedules: readonly Schedule[];
  /** A sentence for each rule or schedule that is not run by the clock. */
  readonly notes: readonly string[];
}

const target = z.object({
  Arn: z.string(),
  Input: z.optional(z.string()),
  InputPath: z.optional(z.unknown()),
  InputTransformer: z.optional(z.unknown()),
});
const common = { Name: z.optional(z.string()), State: z._default(z.string(), "ENABLED") };
const ruleProperties = z.object({
  ...common,
  ScheduleExpression: z.optional(z.string()),
  Targets: z._default(z.array(target), []),
});
const scheduleProperties = z.object({ ...common, ScheduleExpression: z.string(), Target: target });

/** The schedules of the stack: EventBridge rules and EventBridge Scheduler's schedules that run a function. */
export function readSchedules(stack: Stack, functions: Functions): Schedules {
  const notes: string[] = [];
  const rules = stack.read("AWS::Events::Rule", (resource) => {
    const { Name, ScheduleExpression: expression, State, Targets } = stack.properties(resource, ruleProperties);
    if (expression === undefined) {
      if (State !== "DISABLED") notes.push(`The rule ${resource.logicalId} waits for events and is not run here.`);
      return [];
    }
    return [scheduleOf(resource, { Name, expression, State, targets: Targets, service: "events" })];
  });
  const schedules = stack.read("AWS::Scheduler::Schedule", (resource) => {
    const { Name, ScheduleExpression, State, Target } = stack.properties(resource, scheduleProperties);
    return scheduleOf(resource, {
      Name,
      expression: ScheduleExpression,
      State,
      targets: [Target],
      service: "scheduler",
    });
  });
  return { schedules: [...rules.flat(), ...schedules], notes };

  function scheduleOf(resource: Resource, read: ReadSchedule): Schedule {
    const { logicalId, path } = resource;
    const { Name, expression, State, service } = read;
    const everyMs = rateMs(expression, resource);
    const name = Name ?? path ?? constructId(logicalId);
    if (State !== "DISABLED" && everyMs === undefined)
      notes.push(
        `The schedule ${name}, ${expression}, is not run by the clock here. Fire it: umapi local fire ${name}`,
      );
    const physicalName = Name ?? stack.physicalName(logicalId, 64);
    const inService = service === "events" ? "rule" : "schedule/default";
    return {
      name,
      logicalId,
      arn: `arn:aws:${service}:${region}:${accountId}:${inService}/${physicalName}`,
      service,
      expression,
      everyMs: State === "DISABLED" ? undefined : everyMs,
      targets: read.targets.map(({ Arn, Input, InputPath, InputTransformer }) => {
        const where = `Resources.${logicalId}.Properties`;
        if (InputPath !== undefined || InputTransformer !== undefined)
          throw new SetupError(`${where}: the local host makes no input from parts of the event`);
        return { function: functions.find(Arn, where), input: Input };
      }),
    };
  }
}

/** CDK adds eight digits to the ids of a construct, without which its owner knows it. */
function constructId(logicalId: string): string {
  return logicalId.replace(/(?<=.)[0-9A-F]{8}$/, "");
}

interface ReadSchedule {
  readonly Name: string | undefined;
  readonly expression: string;
  readonly State: string;
  readonly targets: readonly z.infer<typeof target>[];
  readonly service: Schedule["service"];
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(15 minutes)` in milliseconds; undefined for `cron(…)` and `at(…)`. */
function rateMs(expression: string, { logicalId }: Resource): number | undefined {
  if (!expression.startsWith("rate(")) return undefined;
  const [, value, unit] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const ms = unitMs[unit ?? ""];
  if (ms === undefined) {
    throw new SetupError(
      `Resources.${logicalId}.Properties.ScheduleExpression: expected rate(<n> minutes|hours|days), found ${expression}`,
    );
  }
  return Number(value) * ms;
}
