import { create, sandboxUsers, users } from "../../simulation/observations.ts";
import type { Benchmark } from "../benchmark.ts";
import { joiner, tooBusy } from "../crowds.ts";
import { commandsPerMinute, LaneRun, minuteMs } from "./lane-run.ts";

const each = 5000;
const perTurn = 500;
const busyMinutes = 120;

/** A crowd stands behind one command. */
export const joiners: Benchmark = {
  title: "5,000 joiners behind one group, which Adobe is too busy to create for two hours; 5,000 others",
  async run() {
    const run = await LaneRun.start();
    const { world, startedAt } = run;
    await world.sandbox("faults", [{ ...tooBusy, command: { usergroup: "Sales" } }]);
    const crowd = await run.submit([{ usergroup: "Sales", do: [{ createUserGroup: {} }] }]);
    const others: string[] = [];
    for (let from = 0; from < each; from += perTurn) {
      crowd.push(
        ...(await run.submit(
          users(each, "joiner")
            .slice(from, from + perTurn)
            .map(joiner),
        )),
      );
      others.push(
        ...(await run.submit(
          users(each, "other")
            .slice(from, from + perTurn)
            .map(create),
        )),
      );
    }
    const endsAt = startedAt + busyMinutes * minuteMs;
    await world.clock.advanceTo(endsAt);
    await world.sandbox("faults", []);
    const undisturbed = await run.succeeded(others);
    await world.drain(6 * 60 * 60);
    run.stop();

    const joined = await run.succeeded(crowd);
    const members = (await sandboxUsers(world)).filter(({ groups = [] }) => groups.includes("Sales")).length;
    if (members !== each) throw new Error(`${members} of ${each} joiners are members of the group`);
    const { commands, requests } = await run.sent();
    run.atMost(
      "the others, done after",
      LaneRun.minutesToLast(undisturbed, startedAt),
      (1.4 * each) / commandsPerMinute + 2,
      "min",
    );
    run.tell("the joiners, done after the cause's end", LaneRun.minutesToLast(joined, endsAt), "min");
    run.tell("the joiners' own time at the ceiling", each / commandsPerMinute, "min");
    run.tell("commands per request", commands / requests, "commands");
    run.tell("repeats", commands - 2 * each - 1, "commands");
    run.atMost("receives of one message in a day", run.receives.most, 60, "receives");
    return {
      how: "Simulated time. Joiners and others are handed in by turns, 500 a call. Every joiner is a member in the end, which Adobe allows once the group is there.",
      counts: { joiners: each, others: each },
      figures: run.figures,
      broken: run.broken,
    };
  },
};
