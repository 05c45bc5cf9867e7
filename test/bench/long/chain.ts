import { create, users } from "../../simulation/observations.ts";
import type { Benchmark } from "../benchmark.ts";
import { commandsPerMinute, LaneRun } from "./lane-run.ts";

const calls = 1000;
const others = 5000;
const requestsPerMinute = 10;

/** Each of a thousand calls has to wait for the one before. */
export const chain: Benchmark = {
  title: "A chain of 1,000 calls that each add one member to one group, beside 5,000 others",
  async run() {
    const run = await LaneRun.start();
    const { world } = run;
    const members = users(calls, "member");
    await run.submit([{ usergroup: "Chain", do: [{ createUserGroup: {} }] }]);
    await run.submit(members.map(create));
    await world.drain(60 * 60);
    const startedAt = world.clock.now();
    const chained: string[] = [];
    const beside: string[] = [];
    const people = users(others, "other");
    for (const [index, user] of members.entries()) {
      chained.push(...(await run.submit([{ usergroup: "Chain", do: [{ add: { user: [user] } }] }])));
      if (index % 100 === 0) beside.push(...(await run.submit(people.slice(index * 5, (index + 100) * 5).map(create))));
    }
    await world.drain(6 * 60 * 60);
    run.stop();

    const flowed = await run.succeeded(beside);
    const linked = await run.succeeded(chained);
    const { commands, requests } = await run.sent(startedAt);
    run.atMost(
      "the others, done after",
      LaneRun.minutesToLast(flowed, startedAt),
      (1.4 * (others + calls)) / commandsPerMinute + 2,
      "min",
    );
    run.atMost(
      "the chain, done after",
      LaneRun.minutesToLast(linked, startedAt),
      (1.4 * calls) / requestsPerMinute + 2,
      "min",
    );
    run.tell("commands per request", commands / requests, "commands");
    run.tell("repeats", commands - calls - others, "commands");
    run.atMost("receives of one message in a day", run.receives.most, 60, "receives");
    return {
      how: "Simulated time. A call for each member, and 500 others after every hundredth. The chain needs a request for each of its calls.",
      counts: { calls, others },
      figures: run.figures,
      broken: run.broken,
    };
  },
};
