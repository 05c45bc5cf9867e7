import { allOperations, create, users } from "../../simulation/observations.ts";
import type { Benchmark } from "../benchmark.ts";
import { tooBusy } from "../crowds.ts";
import { commandsPerMinute, LaneRun, minuteMs } from "./lane-run.ts";

const operations = 10_000;
const busyMinutes = 60;

/** A tenth of all work waits for Adobe, in the middle of the rest. */
export const busyTenth: Benchmark = {
  title: "10,000 operations, of which Adobe is too busy for every tenth, for an hour",
  async run() {
    const run = await LaneRun.start();
    const { world, startedAt } = run;
    const people = users(operations);
    const isBusy = (index: number) => index % 10 === 5;
    const busy = people.filter((_, index) => isBusy(index));
    await world.sandbox(
      "faults",
      busy.map((user) => ({ ...tooBusy, command: { user } })),
    );
    const ids = await run.submit(people.map(create));
    await world.clock.advanceTo(startedAt + busyMinutes * minuteMs);
    const meanwhile = await run.sent();
    const parked = new Set((await allOperations(world, "&waiting=held")).map(({ id }) => id));
    await world.sandbox("faults", []);
    await world.drain(6 * 60 * 60);
    run.stop();

    const others = await run.succeeded(ids.filter((_, index) => !isBusy(index)));
    const waited = await run.succeeded(ids.filter((id) => parked.has(id)));
    const all = await run.succeeded(ids);
    const { commands } = await run.sent();
    run.tell("commands per request, in the first hour", meanwhile.commands / meanwhile.requests, "commands");
    run.tell("requests, in the first hour", meanwhile.requests, "requests");
    run.atMost("repeats, of all commands", (100 * (commands - operations)) / commands, 20, "%");
    run.atMost(
      "the others, done after",
      LaneRun.minutesToLast(others, startedAt),
      (1.4 * others.length) / commandsPerMinute + 2,
      "min",
    );
    run.atMost(
      "all, done after",
      LaneRun.minutesToLast(all, startedAt),
      (1.4 * operations) / commandsPerMinute + 2,
      "min",
    );
    run.tell("parked at the cause's end", parked.size, "operations");
    run.atMost(
      "those that were parked, done after the cause's end",
      LaneRun.minutesToLast(waited, startedAt + busyMinutes * minuteMs),
      35,
      "min",
    );
    run.atMost("receives of one message in a day", run.receives.most, 60, "receives");
    return {
      how: "Simulated time. The fault is taken back after an hour. Promised: the others within 1.4 times their time at the ceiling, plus two minutes.",
      counts: { operations, busy: busy.length },
      figures: run.figures,
      broken: run.broken,
    };
  },
};
