import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, addTo, allOperations, create, operation, sandboxUsers } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

async function start(): Promise<void> {
  world = await SimulatedWorld.create({ seed: 7, credentials, rate: { requests: 10, seconds: 60 } });
}

const inMs = (ms: number) => new Date(world.clock.now() + ms).toISOString();
const emails = async () => (await sandboxUsers(world)).map(({ email }) => email);

describe("An operation for a day to come", () => {
  test("waits for it, shows until when, holds up nothing of the same person, and goes on its day", async () => {
    await start();
    const user = "ada@example.com";
    await accepted(world, create(user));
    await world.drain(60);
    const notBefore = inMs(30 * dayMs);
    const [id = ""] = await accepted(world, { user, do: [{ removeFromOrg: {} }], notBefore });
    expect(await operation(world, id)).toMatchObject({
      status: "queued",
      notBefore,
      waiting: { reason: "scheduled", until: notBefore },
    });
    expect((await allOperations(world, "&waiting=scheduled")).map((each) => each.id)).toEqual([id]);
    const [between = ""] = await accepted(world, addTo(user, "TestGroup1"));
    await world.clock.advance(minuteMs);
    expect((await operation(world, between)).status).toBe("succeeded");
    await world.pass(30 * 86_400 - 3600);
    await world.clock.advance(30 * minuteMs);
    expect(await emails()).toEqual([user]);
    await world.clock.advance(32 * minuteMs);
    expect(await operation(world, id)).toMatchObject({ status: "succeeded", notBefore });
    expect(await emails()).toEqual([]);
    await world.drain(minuteMs);
  });

  test("in the past goes at once, beside others of its call, and Adobe does not see the time", async () => {
    await start();
    const ids = await accepted(world, [
      { ...create("past@example.com"), notBefore: "2001-01-01T00:00:00Z" },
      { ...create("later@example.com"), notBefore: inMs(2 * hourMs) },
      create("now@example.com"),
    ]);
    await world.clock.advance(minuteMs);
    const statuses = async () => Promise.all(ids.map(async (id) => (await operation(world, id)).status));
    expect(await statuses()).toEqual(["succeeded", "queued", "succeeded"]);
    await world.clock.advance(2 * hourMs + minuteMs);
    expect(await statuses()).toEqual(["succeeded", "succeeded", "succeeded"]);
  });

  test("on one person goes in the order of the days, and those of one time in the order submitted", async () => {
    await start();
    const user = "ada@example.com";
    const at = inMs(hourMs);
    await accepted(world, { ...addTo(user, "TestGroup1"), notBefore: inMs(3 * hourMs) });
    await accepted(world, { user, do: [{ remove: { group: ["TestGroup1"] } }], notBefore: inMs(2 * hourMs) });
    await accepted(world, [
      { ...create(user), notBefore: at },
      { ...addTo(user, "TestGroup1"), notBefore: at },
    ]);
    const groups = async () => (await sandboxUsers(world))[0]?.groups;
    await world.clock.advance(hourMs + 2 * minuteMs);
    expect(await groups()).toEqual(["TestGroup1"]);
    await world.clock.advance(hourMs);
    expect(await groups()).toEqual([]);
    await world.clock.advance(hourMs);
    expect(await groups()).toEqual(["TestGroup1"]);
    expect((await allOperations(world)).map(({ status }) => status)).toEqual(Array(4).fill("succeeded"));
  });
});

describe("A call with operations for a day to come", () => {
  const body = () => [{ ...create("later@example.com"), notBefore: inMs(hourMs) }, create("now@example.com")];

  test.each([
    "before BatchWriteItem",
    "after BatchWriteItem",
    "after UpdateItem",
    "after SendMessageBatch",
    "after PutItem",
  ])("that died %s goes on when it is repeated, and each operation is done once", async (moment) => {
    await start();
    const call = body();
    let isArmed = true;
    world.chaos.kills = (at) => {
      if (at !== moment || !isArmed) return false;
      isArmed = false;
      return true;
    };
    const headers = { "idempotency-key": "joiners" };
    expect((await world.api.post(call, headers)).status).toBe(500);
    await world.clock.advance(2 * minuteMs);
    const ids = await accepted(world, call, headers);
    await world.clock.advance(hourMs + 2 * minuteMs);
    for (const id of ids) expect((await operation(world, id)).status).toBe("succeeded");
    const commands = (await actionRequests(world)).reduce((sum, request) => sum + request.commands, 0);
    expect(commands).toBe(2);
  });

  test("keeps its key until 14 days after the last of them is due; the key covers the times", async () => {
    await start();
    const headers = { "idempotency-key": "joiners" };
    const call = { ...create("later@example.com"), notBefore: inMs(20 * dayMs) };
    const ids = await accepted(world, call, headers);
    expect(await world.api.post({ ...call, notBefore: inMs(21 * dayMs) }, headers)).toMatchObject({ status: 422 });
    expect(await world.api.post(create("later@example.com"), headers)).toMatchObject({ status: 422 });
    await world.pass((33 * dayMs) / 1000);
    expect(await accepted(world, call, headers)).toEqual(ids);
    await world.pass((2 * dayMs) / 1000);
    expect(await accepted(world, call, headers)).not.toEqual(ids);
  });

  test("of which one time is wrong is refused whole, and names it", async () => {
    await start();
    const call = [...body(), { ...create("never@example.com"), notBefore: "2027-01-31T18:00:00" }];
    expect(await world.api.post(call)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "/2/notBefore", detail: expect.stringContaining("without an offset") }] },
    });
    expect(await allOperations(world)).toEqual([]);
  });
});
