import { afterEach, beforeEach, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, create, failing, sandboxUsers, statuses, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const hourMs = 60 * 60_000;

/** Hands in sixty joiners. Adobe fails at one in each request. */
async function sixty(): Promise<string[]> {
  const all = users(60);
  const bad = all.filter((_, index) => index % 10 === 4);
  await failing(world, ...bad.map((user) => ({ user })));
  return await accepted(world, all.map(create));
}

test("Where each request has a command that Adobe fails at, these end by their own charges, and the others succeed", async () => {
  const ids = await sixty();
  await world.clock.advance(2 * hourMs);
  expect(await statuses(world, ids)).toEqual({ succeeded: 54, failed: 6 });
});

test("Where Adobe fails at thirty-five commands, the others succeed, and the thirty-five are not charged: so many may be Adobe's fault", async () => {
  const all = users(70);
  const bad = all.filter((_, index) => index % 2 === 1);
  await failing(world, ...bad.map((user) => ({ user })));
  const ids = await accepted(world, all.map(create));
  await world.clock.advance(hourMs);
  expect(await statuses(world, ids)).toEqual({ succeeded: 35, queued: 35 });
});

test("A leaver is out within a minute though Adobe fails at each request with others, and these end", async () => {
  const staff = users(3, "staff");
  await accepted(world, staff.map(create));
  await world.drain(hourMs / 1000);
  const ids = await sixty();
  for (const user of staff) {
    await world.clock.advance(hourMs / 20);
    const leaver = await accepted(world, { user, do: [{ removeFromOrg: {} }] });
    await world.clock.advance(hourMs / 60);
    expect(await statuses(world, leaver)).toEqual({ succeeded: 1 });
  }
  await world.clock.advance(2 * hourMs);
  expect(await statuses(world, ids)).toEqual({ succeeded: 54, failed: 6 });
});

test("A leaver that Adobe failed at twice and then refused goes once more in its place, after older work on its user", async () => {
  const user = "ada@example.com";
  const refused = { errorCode: "error.user.type_unknown", message: "no", times: 1 };
  const faults = [{ status: 500, times: 2 }, refused].map((fault) => ({ on: "action", command: { user }, ...fault }));
  await world.sandbox("faults", faults);
  await accepted(world, users(100).map(create));
  const ids = [
    ...(await accepted(world, create(user))),
    ...(await accepted(world, { user, do: [{ removeFromOrg: {} }] })),
  ];
  await world.drain(hourMs / 1000);
  expect(await statuses(world, ids)).toEqual({ succeeded: 2 });
  expect((await sandboxUsers(world)).map(({ email }) => email)).not.toContain(user);
});
