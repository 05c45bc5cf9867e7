import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { credentials } from "./credentials.ts";
import { accepted, allOperations, create, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 6, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const inputSchema = z.object({ RequestItems: z.object({ ledger: z.object({ Keys: z.array(z.unknown()) }) }) });

test.each([
  [3, 25],
  [120, 125],
])("The listing of a call of %i operations looks for %i at most", async (size, most) => {
  const ids = await accepted(world, users(size).map(create));
  await world.drain(3600);
  const handle = world.dynamo.handle.bind(world.dynamo);
  let keys = 0;
  world.dynamo.handle = (action, input, signal) => {
    if (action === "BatchGetItem") keys += inputSchema.parse(input).RequestItems.ledger.Keys.length;
    return handle(action, input, signal);
  };
  const listed = await allOperations(world, `&call=${ids[0]?.slice(0, 32)}`);
  expect(listed.map(({ id }) => id)).toEqual(ids);
  // The pause is read in the same call.
  expect(keys).toBeLessThanOrEqual(most + 1);
});
