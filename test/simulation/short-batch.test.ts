import { afterEach, expect, test } from "vitest";
import { settings } from "../../infra/settings.ts";
import { calm } from "./chaos.ts";
import { credentials } from "./credentials.ts";
import { accepted, addTo, create, operation } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;
const [yusuf, xenia] = ["yusuf@example.com", "xenia@example.com"];
const endless = { on: "action", times: 1_000_000 };
const busy = { ...endless, command: { user: yusuf }, errorCode: "error.throttled_by_external_service" };
const throttle = { on: "action", times: 1, status: 429, retryAfter: 60 };

test("Due work of the room does not overtake what SQS has handed out before and now withholds", async () => {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
  await accepted(world, create(yusuf));
  await world.clock.advance(minuteMs);
  await world.sandbox("faults", [busy]);
  const [busyOne = ""] = await accepted(world, addTo(yusuf, "TestGroup1"));
  await world.clock.advance(5000);

  // SQS hands out three together, and Adobe throttles them. The last one waits behind the busy one, in the room.
  world.broken.add("dispatch");
  const [first = ""] = await accepted(world, create("first@example.com"));
  const [second = ""] = await accepted(world, create(xenia));
  const [both = ""] = await accepted(world, { usergroup: "TestGroup1", do: [{ add: { user: [yusuf, xenia] } }] });
  await world.clock.advance(5000);
  world.broken.delete("dispatch");
  await world.sandbox("faults", [throttle, busy]);
  await world.clock.advance(settings.visibilityTimeoutSeconds * 1000);
  expect((await operation(world, both)).waiting).toMatchObject({ reason: "behind", behind: busyOne });

  expect(await world.api.operate(`operations/${busyOne}/cancel`)).toMatchObject({ status: 200 });
  world.chaos.roughness = { ...calm, shortness: 1 };
  await world.clock.advance(minuteMs);
  expect((await operation(world, first)).status).toBe("succeeded");
  world.chaos.roughness = calm;
  await world.drain(60 * 60);
  for (const id of [second, both]) expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
});
