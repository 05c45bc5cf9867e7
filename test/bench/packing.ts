import { createCredentials } from "../../infra/local/adobe/credentials.ts";
import type { Command } from "../../shared/umapi/command.ts";
import { accepted, actionRequests, addTo, allOperations, create, users } from "../simulation/observations.ts";
import { SimulatedWorld } from "../simulation/simulated-world.ts";
import type { Benchmark, Figure } from "./benchmark.ts";

const people = users(100);
const rate = { requests: 10, seconds: 60 };
const longestDrainSeconds = 2 * 60 * 60;
/** Person by person, as an export lists them. */
const commands: readonly Command[] = people.flatMap((user) => [
  create(user),
  addTo(user, "TestGroup1"),
  addTo(user, "Creative Cloud 1"),
]);

/** How many action requests the same work takes, by how much the planner sees of it at once. */
export const packing: Benchmark = {
  title: "Action requests for 100 people: create, two additions",
  async run() {
    const apart = await requestsFor(commands.map((command) => [command]));
    const together = await requestsFor([commands]);
    const figures = [
      ["one by one", commands.length],
      ["a call each", apart],
      ["one call", together],
    ] as const;
    return {
      how:
        "One by one: a request for every command, by definition. A call each: every command submitted by itself, so that only dispatch packs them, ten messages at a time. " +
        "One call: joined and planned by submit. The last two are what the sandbox received under the simulated clock.",
      counts: { people: people.length, operations: commands.length },
      figures: figures.flatMap(([name, requests]): Figure[] => [
        { case: name, name: "action requests", value: requests, unit: "requests" },
        { case: name, name: "operations per request", value: commands.length / requests, unit: "operations" },
      ]),
    };
  },
};

async function requestsFor(calls: readonly (readonly Command[])[]): Promise<number> {
  const world = await SimulatedWorld.create({ seed: 1, credentials: await createCredentials(), rate });
  for (const call of calls) await accepted(world, call);
  await world.drain(longestDrainSeconds);
  world.stop();
  const operations = await allOperations(world);
  const succeeded = operations.filter(({ status }) => status === "succeeded").length;
  if (succeeded !== commands.length) throw new Error(`${succeeded} of ${commands.length} operations succeeded`);
  return (await actionRequests(world)).length;
}
