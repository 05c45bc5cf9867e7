import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, create, operation, type SeenOperation, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const rate = { requests: 10, seconds: 60 };
const hour = 60 * 60;

/** A lane that waits, with so many operations in its queue. @returns their ids, in order */
async function queued(count: number, fault: object, secret = JSON.stringify(credentials)): Promise<string[]> {
  world = await SimulatedWorld.create({ seed: 3, credentials, rate });
  await world.putSecretText(secret);
  await world.sandbox("faults", [{ on: "action", ...fault }]);
  const people = users(count);
  const ids: string[] = [];
  for (let from = 0; from < count; from += 500) {
    ids.push(...(await accepted(world, people.slice(from, from + 500).map(create))));
    await world.clock.advance(1);
  }
  await world.clock.advance(2000);
  return ids;
}

const throttle = { status: 429, retryAfter: 300, times: 1 };

async function seen(ids: readonly string[], places: readonly number[]): Promise<SeenOperation[]> {
  return await Promise.all(places.map((place) => operation(world, ids[place] ?? "")));
}

describe("An operation that waits", () => {
  test("says how many stand before it, and is sent about when it was expected", async () => {
    const ids = await queued(1200, throttle);
    const places = [0, 9, 10, 99, 100, 555, 999, 1199];
    const blocked = await seen(ids, places);
    expect(blocked.map(({ waiting }) => waiting?.reason)).toEqual(places.map(() => "throttled"));
    expect(blocked.map(({ waiting }) => waiting?.ahead)).toEqual(places);
    const asked = world.clock.now();
    await world.clock.advance(240_000 + 300_000);
    const draining = await seen(ids, [555, 999, 1199]);
    const askedAgain = world.clock.now();
    await world.drain(hour);
    for (const [at, views] of [
      [asked, blocked],
      [askedAgain, draining],
    ] as const)
      for (const { id, waiting } of views) {
        const sent = Date.parse((await operation(world, id)).updatedAt);
        const expected = Date.parse(waiting?.expectedAt ?? "");
        expect(expected).toBeGreaterThanOrEqual(Date.parse(waiting?.until ?? ""));
        expect(Math.abs(sent - expected), `${id} ${(sent - expected) / 1000} s`).toBeLessThan(
          5000 + (sent - at) * 0.05,
        );
      }
  });

  test("says so before the budget is used up, too, if its turn is not in it", async () => {
    world = await SimulatedWorld.create({ seed: 3, credentials, rate });
    world.stop();
    const ids = await accepted(world, users(250).map(create));
    const [first, next, later, last] = await seen(ids, [49, 50, 100, 249]);
    expect(first?.waiting).toBeUndefined();
    // Five requests go out at once, and the next one when it is due.
    const inMs = (ms: number) => new Date(world.clock.now() + ms).toISOString();
    const until = inMs(6000);
    expect(next?.waiting).toEqual({ reason: "budget", ahead: 50, until, expectedAt: until });
    expect(later?.waiting).toEqual({ reason: "budget", ahead: 100, until, expectedAt: inMs(60_001) });
    expect(last?.waiting).toEqual({
      reason: "budget",
      ahead: 249,
      until,
      expectedAt: inMs(120_002 + 4000 + 3 * 6000),
    });
  });

  test("in a queue of any length is told from the queue's own depth, or at least that it is long", async () => {
    const ids = await queued(3000, throttle);
    const [near, far, last] = await seen(ids, [999, 1500, 2999]);
    expect(near?.waiting).toMatchObject({ ahead: 999 });
    expect(last?.waiting?.ahead).toBeGreaterThan(2950);
    expect(last?.waiting?.ahead).toBeLessThanOrEqual(3000);
    const minutes = (Date.parse(last?.waiting?.expectedAt ?? "") - Date.parse(last?.waiting?.until ?? "")) / 60_000;
    expect(minutes).toBeGreaterThan(28);
    expect(minutes).toBeLessThan(31);
    // More operations are on both sides of it than are counted.
    expect(far?.waiting).toEqual({ reason: "throttled", until: last?.waiting?.until, ahead: 1000 });
    world.sqs.refuse({ action: "GetQueueAttributes", times: 1 });
    expect((await seen(ids, [2999]))[0]?.waiting).toEqual(far?.waiting);
  });

  test.each([
    ["an outage", { status: 503, times: 1_000_000 }, "adobe-unavailable", undefined],
    ["a credential that is refused", { status: 403, times: 1_000_000 }, "credentials-refused", undefined],
    ["a secret that cannot be used", throttle, "credentials-unreadable", "{}"],
  ])(
    "for the end of %s says how many stand before it, and not when it is expected",
    async (_, fault, reason, secret) => {
      const ids = await queued(40, fault, secret);
      for (const [place, view] of (await seen(ids, [12, 20, 39])).entries())
        expect(view.waiting).toEqual({ reason, until: expect.any(String), ahead: [12, 20, 39][place] });
    },
  );

  test("after a retry stands behind all that was queued before it", async () => {
    world = await SimulatedWorld.create({ seed: 3, credentials, rate });
    const refused = {
      command: { user: "user.0@example.com" },
      errorCode: "error.user.type_unknown",
      step: 0,
      times: 1,
    };
    await world.sandbox("faults", [{ on: "action", ...refused }]);
    const [failed = ""] = await accepted(world, create("user.0@example.com"));
    await world.drain(hour);
    world.stop();
    await accepted(world, users(150, "before").map(create));
    await world.clock.advance(1000);
    expect((await world.api.retry(failed)).status).toBe(202);
    expect((await operation(world, failed)).waiting).toMatchObject({ reason: "budget", ahead: 150 });
    await world.clock.advance(1000);
    const behind = await accepted(world, users(100, "behind").map(create));
    expect((await seen(behind, [99]))[0]?.waiting?.ahead).toBe(250);
  });

  test("of a call that was queued in part, and later whole, does not stand before itself", async () => {
    await queued(30, throttle);
    const key = { "idempotency-key": "in part" };
    const people = users(12, "part");
    const stopRefusing = world.sqs.refuse({ action: "SendMessageBatch", times: 99 });
    expect((await world.api.post(people.map(create), key)).status).toBe(503);
    stopRefusing();
    await world.clock.advance(5000);
    const ids = await accepted(world, people.map(create), key);
    const places = [0, 5, 11];
    expect((await seen(ids, places)).map(({ waiting }) => waiting?.ahead)).toEqual(places.map((place) => 30 + place));
  });
});
