import { afterEach, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { allOperations, create, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const user = "ada@example.com";
const busy = { errorCode: "error.throttled_by_external_service", message: "later", times: 1 };

/** SQS takes a message anew five minutes after it has taken it first: then there are two, and the later is not a place. */
test.each([
  ["the first of two operations", 1],
  ["the second of two operations", 2],
])(
  "A call that died before it wrote the row of %s, and is repeated after six minutes, takes effect in order",
  async (_, after) => {
    world = await SimulatedWorld.create({ seed: 9, credentials, rate: { requests: 10, seconds: 60 } });
    await world.sandbox("faults", [{ on: "action", command: { user }, ...busy }]);
    world.broken.add("dispatch");
    // The call's record is the first write.
    world.dynamo.refuse({ action: "PutItem", after, times: 1 });
    const call = [create(user), { usergroup: "TestGroup1", do: [{ add: { user: [user] } }] }];
    const key = { "idempotency-key": "hr-event-1" };
    expect((await world.api.post(call, key)).status).toBe(500);
    await world.clock.advance(6 * 60_000);
    expect((await world.api.post(call, key)).status).toBe(202);
    world.broken.delete("dispatch");
    await world.drain(3600);
    for (const { id } of await allOperations(world))
      expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
  },
);

test("Operations that a repeated call has put into the queue twice do not wait for themselves", async () => {
  world = await SimulatedWorld.create({ seed: 9, credentials, rate: { requests: 10, seconds: 60 } });
  world.broken.add("dispatch");
  const call = Array.from({ length: 5 }, (_, index) => create(`person-${index}@example.com`));
  world.dynamo.refuse({ action: "PutItem", after: call.length, times: 1 });
  const key = { "idempotency-key": "hr-event-2" };
  expect((await world.api.post(call, key)).status).toBe(500);
  await world.clock.advance(6 * 60_000);
  expect((await world.api.post(call, key)).status).toBe(202);
  world.broken.delete("dispatch");
  await world.drain(3600);
  for (const { id } of await allOperations(world))
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
});
