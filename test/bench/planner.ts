import type { Operation } from "../../shared/operation/operation.ts";
import { outgoingBatches } from "../../shared/submit/batches.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { addTo, create, users } from "../simulation/observations.ts";
import { operationOf } from "../support/operations.ts";
import type { Benchmark, Figure } from "./benchmark.ts";
import { Samples } from "./samples.ts";

const operations = 500;
const conflictingUsers = 20;
const rounds = 101;
const warmUps = 50;
/** Times that one sample repeats the faster work, to be long enough for the machine's timer. */
const stringifiesPerSample = 20;

/** What joining and planning a call costs, in units that do not depend on the machine. */
export const planner: Benchmark = {
  title: "Planning a call of 500 operations, relative to JSON.stringify of it",
  async run() {
    return {
      how: "outgoingBatches(call) and JSON.stringify(call) in turn; the ratio of their median times. The conflicting call has the same few users in updates, additions and user-group commands by turns.",
      counts: { operations, conflictingUsers, rounds, warmUps, stringifiesPerSample },
      figures: [
        ...figuresOf("500 users", users(operations).map(create)),
        ...figuresOf(`${conflictingUsers} users`, conflicting()),
      ],
    };
  },
};

function figuresOf(name: string, commands: readonly Command[]): Figure[] {
  const call: readonly Operation[] = commands.map((command, index) => operationOf(`operation-${index}`, command));
  const planning = new Samples(warmUps);
  const writing = new Samples(warmUps);
  for (let round = 0; round < warmUps + rounds; round++) {
    planning.time(() => outgoingBatches(call));
    writing.time(() => {
      for (let time = 0; time < stringifiesPerSample; time++) JSON.stringify(call);
    });
  }
  const batches = outgoingBatches(call);
  return [
    {
      case: name,
      name: "outgoingBatches / JSON.stringify",
      value: planning.median / (writing.median / stringifiesPerSample),
      unit: "×",
    },
    { case: name, name: "outgoingBatches, median (this machine)", value: planning.median, unit: "ms" },
    { case: name, name: "messages", value: batches.flat().length, unit: "messages" },
    { case: name, name: "batches", value: batches.length, unit: "batches" },
  ];
}

/** Turns of updates, of group commands that name the users, and of additions: only an addition and the next update join. */
function conflicting(): Command[] {
  const people = users(conflictingUsers);
  return Array.from({ length: operations }, (_, index): Command => {
    const turn = Math.floor(index / conflictingUsers);
    const user = people[index % conflictingUsers] ?? "";
    const neighbour = people[(index + 1) % conflictingUsers] ?? "";
    if (turn % 3 === 0) return { user, do: [{ update: { firstname: `Ada ${turn}` } }] };
    if (turn % 3 === 1) return { usergroup: `Team ${index % 5}`, do: [{ add: { user: [user, neighbour] } }] };
    return addTo(user, `Team ${index % 5}`);
  });
}
