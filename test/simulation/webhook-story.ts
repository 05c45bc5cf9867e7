import { afterEach, beforeEach, expect } from "vitest";
import { credentials } from "./credentials.ts";
import { listed, sources } from "./hr-system.ts";
import { allOperations, sandboxUsers } from "./observations.ts";
import type { ApiAnswer } from "./simulated-api.ts";
import { SimulatedWorld } from "./simulated-world.ts";

/** A world that takes webhooks, anew for each test of the file that asks for it. */
export function webhookStory(seed: number) {
  let world: SimulatedWorld;
  beforeEach(async () => {
    world = await SimulatedWorld.create({ seed, credentials, rate: { requests: 100, seconds: 60 }, sources });
  });
  afterEach(() => world.stop());
  const until = <Result>(promise: Promise<Result>) => world.until(promise);
  return {
    get world() {
      return world;
    },
    until,
    pass: (seconds: number) => world.clock.advance(seconds * 1000),
    stored: (answer: ApiAnswer) => expect(answer).toEqual({ status: 202, body: {} }),
    statuses: async (query = "") => (await listed(world, query)).map(({ status }) => status),
    people: async () => (await sandboxUsers(world)).map(({ email, lastname }) => `${email} ${lastname}`).toSorted(),
    operations: () => until(allOperations(world)),
    at: (seconds: number) => new Date(world.clock.now() + seconds * 1000).toISOString(),
  };
}
