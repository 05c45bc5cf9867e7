import { afterEach, expect, test } from "vitest";
import { watch } from "../../cli/service/watch.ts";
import { OperationsClient } from "../../client/operations-client.ts";
import { credentials } from "./credentials.ts";
import { accepted, allOperations, create, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

test("umapi watch tells of each operation that finishes from then on, once", async () => {
  world = await SimulatedWorld.create({ seed: 1, credentials, rate: { requests: 10, seconds: 60 } });
  const people = users(160);
  const before = await accepted(world, people.slice(0, 10).map(create));
  await world.drain(600);
  await accepted(world, people.slice(10, 130).map(create));
  const queued = (await allOperations(world, "&status=queued")).map(({ id }) => id);
  const told: string[] = [];
  const backlogs: number[] = [];
  const api = new OperationsClient({
    url: "http://127.0.0.1",
    clock: world.clock,
    async fetch(url) {
      const { status, body } = await world.api.get(url.slice("http://127.0.0.1".length));
      return Response.json(body, { status });
    },
  });
  const watching = watch(api, world.clock, {
    backlog: ({ queued }) => backlogs.push(queued),
    async finished({ id }) {
      told.push(id);
    },
  });
  await Promise.race([watching, world.clock.advance(90_000)]);
  const later = await accepted(world, people.slice(130).map(create));
  await Promise.race([watching, world.clock.advance(10 * 60_000)]);
  expect(told.toSorted()).toEqual([...queued, ...later].toSorted());
  expect(told).not.toEqual(expect.arrayContaining(before));
  expect(backlogs[0]).toBeGreaterThan(10);
  expect(backlogs.at(-1)).toBe(0);
});
