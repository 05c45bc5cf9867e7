import { untilWithoutIdling } from "../../simulation/idle-hours.ts";
import { create, users } from "../../simulation/observations.ts";
import type { Benchmark } from "../benchmark.ts";
import { commandsPerMinute, LaneRun, minuteMs } from "./lane-run.ts";

const operations = 20_000;
const days = 21;
const hourMs = 60 * minuteMs;

/** Longer than SQS keeps a message. */
export const outage: Benchmark = {
  title: "Three weeks of 503 with 20,000 operations",
  async run() {
    const run = await LaneRun.start();
    const { world } = run;
    await world.sandbox("faults", [{ on: "action", times: 1_000_000, status: 503 }]);
    const ids = await run.submit(users(operations).map(create));
    await untilWithoutIdling(world, world.clock.now() + days * 24 * hourMs);
    if (world.ledger.reasons.has("suspect")) throw new Error("an operation was taken for a suspect");
    await world.sandbox("faults", []);
    const endsAt = world.clock.now();
    await world.drain(12 * 60 * 60);
    run.stop();

    const ended = await run.succeeded(ids);
    const { commands, requests } = await run.sent(endsAt);
    const first = ended.reduce(
      (earliest, { updatedAt }) => Math.min(earliest, Date.parse(updatedAt)),
      Number.POSITIVE_INFINITY,
    );
    const minutes = LaneRun.minutesToLast(ended, first);
    run.tell("first answer after the end", (first - endsAt) / minuteMs, "min");
    run.tell("drained after the first answer", minutes, "min");
    run.tell("share of Adobe's ceiling", (100 * operations) / commandsPerMinute / minutes, "%");
    run.tell("commands per request, after", commands / requests, "commands");
    run.tell("requests during the outage", (await run.sent(0, endsAt)).requests, "requests");
    run.tell("dead letters", await world.deadLetters(), "messages");
    run.atMost("receives of one message in a day", run.receives.most, 60, "receives");
    return {
      how: "Simulated time; times in which nothing can be sent are skipped, and the sweeper runs every six hours. All succeed without a charge.",
      counts: { operations, days },
      figures: run.figures,
      broken: run.broken,
    };
  },
};
