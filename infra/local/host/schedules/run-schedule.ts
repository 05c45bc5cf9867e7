import type { InvocationResult } from "../lambda/lambda-function.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Schedule } from "./read-schedules.ts";

/**
 * Runs the functions of a schedule at its rate, for the first time after one interval, until the signal aborts. Never
 * rejects.
 */
export async function runSchedule(schedule: Schedule, surroundings: Surroundings, signal: AbortSignal): Promise<void> {
  const { clock } = surroundings;
  const { everyMs } = schedule;
  if (everyMs === undefined) return;
  for (let due = clock.now() + everyMs; !signal.aborted; due += everyMs) {
    try {
      await clock.sleep(Math.max(0, due - clock.now()), signal);
    } catch {
      return;
    }
    // AWS: an invocation that takes longer than the interval does not delay the next one.
    void runOnce(schedule, due, surroundings);
  }
}

/** Runs the functions of a schedule now. @param due the time that it is for, in milliseconds since the epoch */
export async function runOnce(
  schedule: Schedule,
  due: number,
  surroundings: Surroundings,
): Promise<readonly InvocationResult[]> {
  return await Promise.all(
    schedule.targets.map(({ function: target, input }) =>
      target.invoke(
        input === undefined ? scheduledEvent(schedule, due, surroundings) : inputOf(input, schedule, due, surroundings),
      ),
    ),
  );
}

/** The schedules that somebody may mean by a name: its own, or the logical id. */
export function findSchedule(schedules: readonly Schedule[], wanted: string): Schedule | undefined {
  const isWanted = (name: string) => name.toLowerCase() === wanted.toLowerCase();
  return schedules.find(({ name, logicalId }) => isWanted(name) || isWanted(logicalId));
}

function scheduledEvent({ arn, service }: Schedule, due: number, { newId }: Surroundings): unknown {
  return {
    version: "0",
    id: newId(),
    "detail-type": "Scheduled Event",
    source: `aws.${service}`,
    account: arn.split(":")[4],
    time: inSeconds(due),
    region: arn.split(":")[3],
    resources: [arn],
    // AWS: of EventBridge Scheduler it is text.
    detail: service === "events" ? {} : "{}",
  };
}

/** AWS: the words with which an input of EventBridge Scheduler asks for what only it knows. */
function inputOf(input: string, { arn, service }: Schedule, due: number, { newId }: Surroundings): unknown {
  if (service === "events") return JSON.parse(input);
  const words = { "schedule-arn": arn, "scheduled-time": inSeconds(due), "execution-id": newId(), "attempt-number": 1 };
  const text = Object.entries(words).reduce(
    (known, [word, value]) => known.replaceAll(`<aws.scheduler.${word}>`, String(value)),
    input,
  );
  return JSON.parse(text);
}

function inSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
