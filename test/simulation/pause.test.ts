import { afterEach, describe, expect, test } from "vitest";
import { queueName } from "./aws.ts";
import { credentials } from "./credentials.ts";
import { accepted, actionRequests, allOperations, create, operation, users } from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import type { SimulationOptions } from "./simulation-options.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;
const endless = { on: "action", times: 1_000_000 };

async function start(options: Partial<SimulationOptions> = {}): Promise<void> {
  world = await SimulatedWorld.create({ seed: 3, credentials, rate: { requests: 10, seconds: 60 }, ...options });
}

const iso = (ms: number) => new Date(ms).toISOString();
const pause = async () => await world.api.operate("lane/pause");
const resume = async () => await world.api.operate("lane/resume");
const requests = async () => (await actionRequests(world)).length;
const queued = async () => (await allOperations(world, "&status=queued")).length;

describe("A paused lane", () => {
  test("sends nothing and loses nothing; each operation shows it; it goes on at once when it is resumed", async () => {
    await start();
    const since = world.clock.now();
    expect(await pause()).toMatchObject({ status: 200, body: { lane: "default", paused: { since: iso(since) } } });
    const ids = await accepted(world, users(30).map(create));
    await world.clock.advance(50 * minuteMs);
    expect(await requests()).toBe(0);
    expect((await operation(world, ids[0] ?? "")).waiting).toMatchObject({ reason: "paused" });
    for (const { waiting } of await allOperations(world)) expect(waiting).toEqual({ reason: "paused" });
    const { status, body } = await resume();
    expect({ status, body }).toMatchObject({ status: 200, body: { queued: 30 } });
    expect(body).not.toHaveProperty("paused");
    await world.clock.advance(5000);
    expect(await queued()).toBe(0);
    expect(await requests()).toBe(3);
    expect([...world.ledger.violations, ...world.queue.violations]).toEqual([]);
  });

  test("in the middle of its work stops after what is being sent", async () => {
    await start({ rate: { requests: 1, seconds: 6 } });
    await accepted(world, users(100).map(create));
    await world.clock.advance(20_000);
    await pause();
    await world.clock.advance(5000);
    const sent = await requests();
    expect(sent).toBeGreaterThan(1);
    await world.clock.advance(20 * minuteMs);
    expect(await requests()).toBe(sent);
    await resume();
    await world.drain(600);
    expect(await queued()).toBe(0);
  });

  test("holds back what is due in the room and what is scheduled as well", async () => {
    await start();
    const busy = { errorCode: "error.throttled_by_external_service", message: "later" };
    await world.sandbox("faults", [{ ...endless, command: { user: "busy@example.com" }, ...busy }]);
    const [held = ""] = await accepted(world, create("busy@example.com"));
    const notBefore = iso(world.clock.now() + 10 * minuteMs);
    const [later = ""] = await accepted(world, { ...create("later@example.com"), notBefore });
    await world.clock.advance(minuteMs);
    await world.sandbox("faults", []);
    await pause();
    await world.clock.advance(20 * minuteMs);
    const sent = await requests();
    await world.clock.advance(20 * minuteMs);
    expect(await requests()).toBe(sent);
    expect((await operation(world, later)).waiting).toMatchObject({ reason: "paused" });
    await resume();
    await world.clock.advance(12 * minuteMs);
    for (const id of [held, later]) expect((await operation(world, id)).status).toBe("succeeded");
  });

  test("paused or resumed twice is as if once: who paused first, and when, stays", async () => {
    await start();
    const since = iso(world.clock.now());
    await pause();
    await world.clock.advance(minuteMs);
    expect(await pause()).toMatchObject({ status: 200, body: { paused: { since } } });
    for (let count = 0; count < 2; count++) {
      const { status, body } = await resume();
      expect(status).toBe(200);
      expect(body).not.toHaveProperty("paused");
    }
    expect(await world.api.operate("lane/pause?by=me")).toMatchObject({ status: 400 });
  });

  test.each([
    "before PutItem",
    "after PutItem",
    "before DeleteItem",
    "after DeleteItem",
    "before ChangeMessageVisibilityBatch",
    "before SendMessage",
  ])("is mended by a repeat of what died %s", async (moment) => {
    await start();
    await pause();
    await accepted(world, users(20).map(create));
    await world.clock.advance(minuteMs);
    let isArmed = true;
    world.chaos.kills = (at) => {
      if (at !== moment || !isArmed) return false;
      isArmed = false;
      return true;
    };
    expect((await resume()).status).toBe(500);
    expect((await resume()).status).toBe(200);
    await world.clock.advance(5000);
    expect(await queued()).toBe(0);
  });
});

describe("Resume also means: try now", () => {
  test.each([
    ["an outage", { status: 503, retryAfter: 1500 }, "adobe-unavailable"],
    ["refused credentials", { status: 403 }, "credentials-refused"],
  ])("after %s", async (_, fault, reason) => {
    await start();
    await world.sandbox("faults", [{ ...endless, ...fault }]);
    await accepted(world, users(20).map(create));
    await world.clock.advance(12 * minuteMs);
    await world.sandbox("faults", []);
    expect((await world.api.lane()).body).toMatchObject({ block: { reason } });
    expect((await resume()).body).not.toHaveProperty("block");
    await world.clock.advance(5000);
    expect(await queued()).toBe(0);
  });

  const busy = { command: { user: "busy@example.com" }, errorCode: "error.throttled_by_external_service", message: "" };

  test.each([
    ["an outage", { status: 503, retryAfter: 1500 }],
    ["refused credentials", { status: 403 }],
    ["a pause", undefined],
  ])("after %s, for what waits in the room alone", async (_, fault) => {
    await start();
    await world.sandbox("faults", [{ ...endless, ...busy }]);
    const [id = ""] = await accepted(world, create("busy@example.com"));
    await world.clock.advance(5000);
    expect((await operation(world, id)).waiting).toMatchObject({ reason: "held" });
    expect(await world.messages(queueName)).toBe(0);
    if (fault === undefined) await pause();
    else await world.sandbox("faults", [{ ...endless, ...fault }]);
    await world.clock.advance(12 * minuteMs);
    await world.sandbox("faults", []);
    expect((await operation(world, id)).status).toBe("queued");
    await resume();
    await world.clock.advance(5000);
    expect((await operation(world, id)).status).toBe("succeeded");
  });

  test("and fails where SQS does not show a message: the next one shows it", async () => {
    await start();
    await pause();
    await accepted(world, create("ada@example.com"));
    await world.clock.advance(5000);
    const handle = world.sqs.handle.bind(world.sqs);
    let failures = 0;
    world.sqs.handle = async (action, input, signal) => {
      if (action !== "ChangeMessageVisibilityBatch" || failures > 0) return await handle(action, input, signal);
      failures++;
      const Failed = [{ Id: "0", SenderFault: false, Code: "InternalError" }];
      return { status: 200, headers: {}, body: { Successful: [], Failed } };
    };
    expect(await resume()).toMatchObject({ status: 500 });
    expect(await resume()).toMatchObject({ status: 200 });
    await world.clock.advance(5000);
    expect(await queued()).toBe(0);
  });

  test("also in the minute in which the releaser has rung", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, ...busy }]);
    const [id = ""] = await accepted(world, create("busy@example.com"));
    await world.clock.advance(40_000);
    await pause();
    await world.sandbox("faults", []);
    for (let count = 0; count < 3; count++) {
      await world.release();
      await pause();
      await resume();
    }
    await world.clock.advance(5000);
    expect((await operation(world, id)).status).toBe("succeeded");
  });

  test("but Adobe's own throttle stands", async () => {
    await start();
    await world.sandbox("faults", [{ on: "action", status: 429, retryAfter: 300 }]);
    await accepted(world, users(20).map(create));
    await world.clock.advance(10_000);
    expect((await resume()).body).toMatchObject({ block: { reason: "throttled" } });
    // There is not even a bell: it would be handed out for nothing.
    expect(await world.messages(queueName)).toBe(20);
    await world.clock.advance(4 * minuteMs);
    expect(await requests()).toBe(1);
    await world.drain(600);
  });
});

describe("A throttle that is over keeps nothing hidden that a pause has hidden since", () => {
  test.each([1, 20, 45])("after %d s of it", async (retryAfter) => {
    await start();
    await world.sandbox("faults", [{ on: "action", status: 429, retryAfter }]);
    await accepted(world, users(20).map(create));
    await world.clock.advance(500);
    await pause();
    await world.clock.advance(minuteMs);
    expect(await requests()).toBe(1);
    await resume();
    await world.clock.advance(5000);
    expect(await queued()).toBe(0);
  });
});
