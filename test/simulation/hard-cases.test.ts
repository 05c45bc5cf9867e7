import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import {
  accepted,
  actionRequests,
  addTo,
  allOperations,
  create,
  operation,
  sandboxUsers,
  users,
} from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import type { SimulationOptions } from "./simulation-options.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

async function start(options: Partial<SimulationOptions> = {}) {
  world = await SimulatedWorld.create({ seed: 7, credentials, rate: { requests: 10, seconds: 60 }, ...options });
}

const hour = 60 * 60;

describe("A repeat after a crash converges", () => {
  test("when Adobe applies a request and cuts the connection, three times", async () => {
    await start();
    await world.sandbox("faults", [{ on: "action", effect: "applied-then-reset", times: 3 }]);
    await accepted(
      world,
      users(25).flatMap((user) => [create(user), addTo(user, "TestGroup1")]),
    );
    await world.drain(2 * hour);
    const operations = await allOperations(world);
    expect(operations.map(({ status, attempts }) => `${status} ${attempts}`)).toEqual(Array(50).fill("succeeded 0"));
    expect((await sandboxUsers(world)).map(({ groups }) => groups)).toEqual(Array(25).fill(["TestGroup1"]));
    expect(await world.deadLetters()).toBe(0);
  });

  test("when the worker is killed between Adobe's answer and its own return", async () => {
    let answers = 0;
    await start({
      network: async (send, url) => {
        const response = await send();
        // The worker that the answer is for no longer exists.
        if (url.includes("/action/") && ++answers === 1) return await new Promise<never>(() => undefined);
        return response;
      },
    });
    const ids = await accepted(world, users(15).map(create));
    await world.drain(2 * hour);
    for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect(await sandboxUsers(world)).toHaveLength(15);
  });

  test("when a rename was applied unseen, it is confirmed by its new name", async () => {
    await start();
    await accepted(world, users(1).map(create));
    await world.drain(hour);
    await world.sandbox("faults", [{ on: "action", effect: "applied-then-reset" }]);
    const [id = ""] = await accepted(world, {
      user: "user.0@example.com",
      do: [{ update: { email: "new@example.com" } }],
    });
    await world.drain(hour);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded" });
    expect((await sandboxUsers(world)).map(({ email }) => email)).toEqual(["new@example.com"]);
  });
});

describe("An outage is Adobe's fault until it is proven a command's", () => {
  test("ten minutes of 503 charge nobody and fail nobody", async () => {
    await start();
    await world.sandbox("faults", [{ on: "action", status: 503, times: 1_000_000 }]);
    const ids = await accepted(world, users(500).map(create));
    const outage = world.clock.now() + 10 * 60 * 1000;
    while (world.clock.now() < outage) await world.clock.advance(1000);
    expect(await operation(world, ids[0] ?? "")).toMatchObject({ waiting: { reason: "adobe-unavailable" } });
    await world.sandbox("faults", []);
    await world.drain(6 * hour);
    const operations = await allOperations(world);
    expect(operations.map(({ status, attempts }) => `${status} ${attempts}`)).toEqual(Array(500).fill("succeeded 0"));
    expect(await world.deadLetters()).toBe(0);
  });

  test("one command that Adobe answers with 500 every time fails alone, while the others flow", async () => {
    await start();
    const poison = "user.3@example.com";
    await world.sandbox("faults", [{ on: "action", command: { user: poison }, status: 500, times: 1_000_000 }]);
    const ids = await accepted(world, users(200).map(create));
    await world.drain(6 * hour);
    for (const [index, id] of ids.entries())
      expect(await operation(world, id)).toMatchObject(
        index === 3
          ? { status: "failed", attempts: 4, error: { certain: false } }
          : { status: "succeeded", attempts: 0 },
      );
    const requests = await actionRequests(world);
    const standstills = requests.map(({ at }, index) => at - (requests[index - 1]?.at ?? at));
    expect(Math.max(...standstills)).toBeLessThanOrEqual(2 * 60 * 1000);
  });
});

test("A command with transient errors is held, and what depends on it goes after it, in order", async () => {
  await start();
  const user = "user.0@example.com";
  await world.sandbox("faults", [
    { on: "action", command: { user }, errorCode: "error.internal.create_failed", message: "later", step: 0, times: 2 },
  ]);
  const update = (lastname: string) => ({ user, do: [{ update: { lastname } }] });
  const ids = [
    ...(await accepted(world, create(user))),
    ...(await accepted(world, update("One"))),
    ...(await accepted(world, create("user.1@example.com"))),
    ...(await accepted(world, update("Two"))),
  ];
  await world.drain(hour);
  const seen = await Promise.all(ids.map((id) => operation(world, id)));
  expect(seen.map(({ status, attempts }) => `${status} ${attempts}`)).toEqual([
    "succeeded 2",
    "succeeded 0",
    "succeeded 0",
    "succeeded 0",
  ]);
  expect((await sandboxUsers(world)).find(({ email }) => email === user)?.lastname).toBe("Two");
});

test("While its secret is revoked a lane waits and says why; with the new secret put in it goes on by itself", async () => {
  await start();
  world.adobe.credentials.rotateSecret("p8e-the-new-one");
  const ids = await accepted(world, users(30).map(create));
  await world.clock.advance(60_000);
  expect(await operation(world, ids[0] ?? "")).toMatchObject({
    status: "queued",
    attempts: 0,
    waiting: { reason: "credentials-refused" },
  });
  await world.putSecret("p8e-the-new-one");
  await world.drain(hour);
  for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
});

test("If Adobe takes no token any more, a lane waits and says why, also when each slot is used as it becomes free", async () => {
  await start({ rate: { requests: 10, seconds: 60 } });
  const ids = await accepted(world, users(400).map(create));
  await world.clock.advance(130_000);
  await world.sandbox("faults", [{ on: "action", status: 401, times: 1_000_000 }]);
  const reasons = new Set<string | undefined>();
  for (let second = 0; second < 60; second++) {
    await world.clock.advance(1000);
    reasons.add((await operation(world, ids.at(-1) ?? "")).waiting?.reason);
  }
  expect(reasons).toContain("credentials-refused");
  await world.sandbox("faults", []);
  await world.drain(hour);
  for (const id of ids) expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
});

describe("Work larger than Adobe takes is sent in slices", () => {
  test("with a worker killed in between, and what stands when a slice fails is told", async () => {
    let answers = 0;
    await start({
      network: async (send, url) => {
        const response = await send();
        if (url.includes("/action/") && ++answers === 2) return await new Promise<never>(() => undefined);
        return response;
      },
    });
    const groups = Array.from({ length: 150 }, (_, index) => `Group ${index}`);
    await accepted(
      world,
      groups.map((usergroup) => ({ usergroup, do: [{ createUserGroup: {} }] })),
    );
    const { do: steps } = create("big@example.com");
    const [id = ""] = await accepted(world, { user: "big@example.com", do: [...steps, { add: { group: groups } }] });
    await world.drain(2 * hour);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", attempts: 0 });
    expect((await sandboxUsers(world))[0]?.groups).toHaveLength(150);

    const [failed = ""] = await accepted(world, {
      user: "big@example.com",
      do: [
        { remove: { group: groups.slice(0, 120) } },
        { add: { group: ["Nowhere"] } },
        { update: { lastname: "No" } },
      ],
    });
    await world.drain(hour);
    expect(await operation(world, failed)).toMatchObject({ status: "failed", error: { step: 1, certain: true } });
    expect(await sandboxUsers(world)).toMatchObject([{ lastname: "Byron" }]);
  });
});
