import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { maxCountedInLane } from "../../shared/operation/limits.ts";
import { CallCounts } from "../bench/call-counts.ts";
import { credentials } from "./credentials.ts";
import { accepted, addTo, allOperations, create, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

beforeEach(async () => {
  world = await SimulatedWorld.create({ seed: 3, credentials, rate: { requests: 10, seconds: 60 } });
});

afterEach(() => world.stop());

const minuteMs = 60_000;
const endless = { on: "action", times: 1_000_000 };
const busy = { errorCode: "error.throttled_by_external_service", message: "later" };
const nothing = { succeeded: 0, failed: {}, throttles: 0 };
const iso = (ms: number) => new Date(ms).toISOString();
const lane = async () => (await world.api.lane()).body;

test("The lane tells what waits, why, and how much of the budget is used", async () => {
  const oldestAcceptedAt = iso(world.clock.now());
  await world.sandbox("faults", [{ ...endless, command: { user: "busy@example.com" }, ...busy }]);
  await accepted(world, create("busy@example.com"));
  await accepted(world, addTo("busy@example.com", "TestGroup1"));
  await accepted(world, { ...create("later@example.com"), notBefore: iso(world.clock.now() + 60 * minuteMs) });
  await world.clock.advance(2000);
  expect(await lane()).toEqual({
    lane: "default",
    queued: 3,
    parked: { held: 1, behind: 1, scheduled: 1 },
    oldestAcceptedAt,
    budget: { requests: 10, seconds: 60, used: 1 },
    lastHour: nothing,
  });
});

describe("The last hour", () => {
  test("counts what succeeded, what failed by code, and throttles; what is older goes", async () => {
    const refusal = { errorCode: "error.domain.trust.nonexistent", message: "no" };
    await world.sandbox("faults", [
      { on: "action", status: 429, retryAfter: 5, times: 2 },
      ...users(3, "bad").map((user) => ({ ...endless, command: { user }, ...refusal })),
      { ...endless, command: { user: "worse@example.com" }, errorCode: "error.user.nonexistent", message: "no" },
    ]);
    const people = [...users(20), ...users(3, "bad"), "worse@example.com"];
    await accepted(world, people.map(create));
    await world.clock.advance(minuteMs);
    const lastHour = {
      succeeded: 20,
      failed: { "error.domain.trust.nonexistent": 3, "error.user.nonexistent": 1 },
      throttles: 2,
    };
    expect(await lane()).toMatchObject({ queued: 0, lastHour });
    await world.clock.advance(50 * minuteMs);
    await accepted(world, create("ada@example.com"));
    await world.clock.advance(minuteMs);
    expect(await lane()).toMatchObject({ lastHour: { ...lastHour, succeeded: 21 } });
    await world.clock.advance(10 * minuteMs);
    expect(await lane()).toMatchObject({ lastHour: { ...nothing, succeeded: 1 } });
    await world.clock.advance(60 * minuteMs);
    expect(await lane()).toMatchObject({ lastHour: nothing });
  });

  test("costs no write of its own: the lane's item is written as often as before, twice a request", async () => {
    const writes = CallCounts.of(world.dynamo, (input) => JSON.stringify(input).includes('"lane#default#action"'));
    await accepted(world, users(30).map(create));
    await world.clock.advance(minuteMs);
    expect(await lane()).toMatchObject({ lastHour: { succeeded: 30 } });
    expect(writes.calls("PutItem")).toBe(2 * 3);
  });
});

describe("When the lane is expected to be drained", () => {
  const drainedAt = async () => {
    const { drainedAt: at } = Object.assign({ drainedAt: undefined }, await lane());
    return at === undefined ? undefined : Date.parse(at);
  };

  test("is when its last operation is sent, to a few seconds", async () => {
    await accepted(world, users(480).map(create));
    await world.clock.advance(10_000);
    const expected = (await drainedAt()) ?? 0;
    await world.drain(3600);
    const last = Math.max(...(await allOperations(world)).map(({ updatedAt }) => Date.parse(updatedAt)));
    expect(Math.abs(last - expected)).toBeLessThan(5000);
    expect(await drainedAt()).toBeUndefined();
  });

  test("leaves out what is parked, and begins after a throttle's end", async () => {
    await world.sandbox("faults", [{ on: "action", status: 429, retryAfter: 300 }]);
    const throttledUntil = world.clock.now() + 300_000;
    await accepted(world, users(20).map(create));
    await accepted(world, { ...create("later@example.com"), notBefore: iso(world.clock.now() + 600 * minuteMs) });
    await world.clock.advance(5000);
    expect(await drainedAt()).toBe(throttledUntil);
    await world.clock.advance(6 * minuteMs);
    expect(await lane()).toMatchObject({ queued: 1, parked: { scheduled: 1 } });
    expect(await drainedAt()).toBeUndefined();
  });

  test.each([
    ["an outage", { status: 503 }],
    ["refused credentials", { status: 403 }],
  ])("is not said during %s, whose end nobody knows", async (_, fault) => {
    await world.sandbox("faults", [{ ...endless, ...fault }]);
    await accepted(world, users(20).map(create));
    await world.clock.advance(5000);
    expect(await lane()).toHaveProperty("block");
    expect(await drainedAt()).toBeUndefined();
  });

  test("is not said while somebody has paused the lane", async () => {
    await world.api.operate("lane/pause");
    await accepted(world, users(20).map(create));
    await world.clock.advance(5000);
    expect(await drainedAt()).toBeUndefined();
  });
});

test("However much waits, a look at the lane costs a few calls: it counts so far, and says that there is more", async () => {
  world.broken.add("dispatch");
  const people = users(maxCountedInLane + 500);
  for (let from = 0; from < people.length; from += 500)
    await accepted(world, people.slice(from, from + 500).map(create));
  const calls = CallCounts.of(world.dynamo);
  const now = world.clock.now();
  expect(await lane()).toMatchObject({
    queued: maxCountedInLane,
    // Ten requests in each window, and those of the last one apart from each other.
    drainedAt: iso(now + (people.length / 100 - 1) * (minuteMs + 1) + 4000 + 8 * 6000),
  });
  expect(calls.calls("GetItem")).toBe(2);
  // One to count each of six reasons, one for the oldest, and those to count all: here of whole rows, not of what an index has.
  expect(calls.calls("Query")).toBeLessThanOrEqual(7 + 4);
});
