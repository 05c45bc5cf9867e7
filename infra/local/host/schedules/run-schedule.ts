import type { Surroundings } from "../surroundings.ts";
import type { Schedule } from "./read-schedules.ts";

/**
 * Runs the function of a schedule at its rate, for the first time after one interval, until the signal aborts. Never
 * rejects.
 */
export async function runSchedule(schedule: Schedule, surroundings: Surroundings, signal: AbortSignal): Promise<void> {
  const { clock } = surroundings;
  for (let due = clock.now() + schedule.everyMs; !signal.aborted; due += schedule.everyMs) {
    try {
      await clock.sleep(Math.max(0, due - clock.now()), signal);
    } catch {
      return;
    }
    // AWS: an invocation that takes longer than the interval does not delay the next one.
    void schedule.function.invoke(scheduledEvent(schedule, due, surroundings));
  }
}

function scheduledEvent({ input, arn }: Schedule, due: number, { newId }: Surroundings): unknown {
  if (input !== undefined) return JSON.parse(input);
  return {
    version: "0",
    id: newId(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: arn.split(":")[4],
    time: new Date(due).toISOString().replace(/\.\d+Z$/, "Z"),
    region: arn.split(":")[3],
    resources: [arn],
    detail: {},
  };
}
