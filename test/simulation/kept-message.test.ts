import { afterEach, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, create, operation, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

test("Work that waits in the room alone goes with each free slot, without a bell in between", async () => {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 1, seconds: 6 } });
  world.disabled.add("release");
  const group = { usergroup: "Sales", do: [{ createUserGroup: {} }] };
  const busy = { errorCode: "error.throttled_by_external_service", message: "later" };
  await world.sandbox("faults", [{ on: "action", times: 1, ...busy, command: { usergroup: "Sales" } }]);
  const joiners = users(30, "joiner").map((user) => ({
    user,
    do: [...create(user).do, { add: { group: ["Sales"] } }],
  }));
  const ids = await accepted(world, [group, ...joiners]);
  await world.clock.advance(20_000);
  expect((await operation(world, ids.at(-1) ?? "")).waiting).toMatchObject({ reason: "behind" });
  world.disabled.delete("release");
  await world.release();
  world.disabled.add("release");
  // The group's create, and three requests of ten joiners.
  await world.clock.advance(60_000);
  for (const id of ids) expect((await operation(world, id)).status).toBe("succeeded");
});
