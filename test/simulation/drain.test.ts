import { afterEach, describe, expect, test } from "vitest";
import type { Clock } from "../../shared/time/clock.ts";
import { credentials } from "./credentials.ts";
import { actionRequests, allOperations, create, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld | undefined;

afterEach(() => world?.stop());

const rate = { requests: 10, seconds: 60 };
const commandsPerRequest = 10;

describe("A full queue drains at 98% of Adobe's ceiling or better", () => {
  test.each([0, 150, 5000])("while Adobe answers within %i ms", async (latencyMs) => {
    const network = async (send: () => Promise<Response>, _: string, clock: Clock) => {
      await clock.sleep(latencyMs / 2);
      const response = await send();
      await clock.sleep(latencyMs / 2);
      return response;
    };
    world = await SimulatedWorld.create({ seed: 1, credentials, rate, network });
    const people = users(5000);
    for (let from = 0; from < people.length; from += 500)
      expect((await world.api.post(people.slice(from, from + 500).map(create))).status).toBe(202);
    await world.drain(2 * 60 * 60);

    const requests = await actionRequests(world);
    expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(requests).toHaveLength(people.length / commandsPerRequest);
    // From the first request of the first window to the first one of the last: ten leave in each.
    const windows = requests.length / rate.requests - 1;
    const [first, last] = [requests.at(0)?.at ?? 0, requests.at(-rate.requests)?.at ?? 0];
    expect((windows * rate.seconds * 1000) / (last - first)).toBeGreaterThanOrEqual(0.98);
    const steady = requests.slice(2 * rate.requests).map(({ at }) => at);
    expect(Math.max(...steady.slice(1).map((at, index) => at - (steady[index] ?? at)))).toBeLessThan(10_000);
    expect(await world.deadLetters()).toBe(0);
    const operations = await allOperations(world);
    expect(operations).toHaveLength(people.length);
    expect(operations.every(({ status, attempts }) => status === "succeeded" && attempts === 0)).toBe(true);
  });
});
