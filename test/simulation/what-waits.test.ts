import { afterEach, describe, expect, test } from "vitest";
import { credentials } from "./credentials.ts";
import { untilWithoutIdling } from "./idle-hours.ts";
import {
  accepted,
  actionRequests,
  addTo,
  allOperations,
  create,
  failing,
  operation,
  sandboxUsers,
  statuses,
  users,
} from "./observations.ts";
import { SimulatedWorld } from "./simulated-world.ts";
import type { SimulationOptions } from "./simulation-options.ts";

let world: SimulatedWorld;

afterEach(() => world.stop());

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const endless = { on: "action", times: 1_000_000 };
const tooBusy = { errorCode: "error.throttled_by_external_service", message: "later" };

async function start(options: Partial<SimulationOptions> = {}): Promise<void> {
  world = await SimulatedWorld.create({ seed: 5, credentials, rate: { requests: 10, seconds: 60 }, ...options });
}

async function commandsSent(): Promise<number> {
  return (await actionRequests(world)).reduce((sum, { commands }) => sum + commands, 0);
}

const joiner = (user: string) => ({ user, do: [...create(user).do, { add: { group: ["Sales"] } }] });

describe("What waits holds up nobody else", () => {
  test.each([{ status: 500 }, tooBusy])(
    "One group's create that Adobe fails at (%o) does not stop people of other departments, though its own joiners wait",
    async (fault) => {
      await start();
      await world.sandbox("faults", [{ ...endless, command: { usergroup: "Sales" }, ...fault }]);
      await accepted(world, [{ usergroup: "Sales", do: [{ createUserGroup: {} }] }, ...users(12, "sales").map(joiner)]);
      const others = await accepted(world, users(50, "other").map(create));
      await world.clock.advance(30 * minuteMs);
      expect(await statuses(world, others)).toEqual({ succeeded: 50 });
    },
  );

  test("One person with ten operations in a row that Adobe fails at waits alone, and they end by their own charges", async () => {
    await start();
    await failing(world, { user: "bad@example.com" });
    const bad: string[] = [];
    for (let count = 0; count < 10; count++)
      bad.push(...(await accepted(world, addTo("bad@example.com", `Group ${count}`))));
    const others = await accepted(world, users(50).map(create));
    await world.clock.advance(20 * minuteMs);
    expect(await statuses(world, others)).toEqual({ succeeded: 50 });
    await world.clock.advance(5 * hourMs);
    expect(await statuses(world, bad)).toEqual({ failed: 10 });
  });

  test("Ten people whose commands Adobe fails at: the others are done in minutes, the ten fail, with a hint, as uncertain", async () => {
    await start();
    const bad = users(10, "bad");
    await failing(world, ...bad.map((user) => ({ user })));
    const ids = await accepted(world, bad.map(create));
    const others = await accepted(world, users(50).map(create));
    await world.clock.advance(15 * minuteMs);
    expect(await statuses(world, others)).toEqual({ succeeded: 50 });
    await world.clock.advance(2 * hourMs);
    for (const id of ids)
      expect(await operation(world, id)).toMatchObject({
        status: "failed",
        attempts: 4,
        error: { code: "adobe_failed", certain: false, hint: expect.any(String) },
      });
  });

  test("Thirty in a row at the head of the queue end within two hours, and what stands behind them flows", async () => {
    await start();
    const bad = users(30, "bad");
    await failing(world, ...bad.map((user) => ({ user })));
    const ids = await accepted(world, bad.map(create));
    const others = await accepted(world, users(200).map(create));
    await world.clock.advance(30 * minuteMs);
    expect(await statuses(world, others)).toEqual({ succeeded: 200 });
    await world.clock.advance(90 * minuteMs);
    expect(await statuses(world, ids)).toEqual({ failed: 30 });
  });

  test("Nine of ten commands that Adobe is too busy for leave the lane its speed, and go once it takes them", async () => {
    await start();
    const busy = users(450, "busy");
    await world.sandbox(
      "faults",
      busy.map((user) => ({ ...endless, command: { user }, ...tooBusy })),
    );
    const mixed = users(50).flatMap((user, index) => [user, ...busy.slice(index * 9, index * 9 + 9)]);
    const ids = await accepted(world, mixed.map(create));
    await world.clock.advance(12 * minuteMs);
    expect(await statuses(world, ids)).toEqual({ succeeded: 50, queued: 450 });
    await world.sandbox("faults", []);
    await world.clock.advance(35 * minuteMs);
    expect(await statuses(world, ids)).toEqual({ succeeded: 500 });
    expect(world.queue.mostReceives).toBeLessThanOrEqual(60);
  });

  test("One bad command (400) delays its nine neighbours by minutes, not until the queue is empty, and costs the lane no speed", async () => {
    await start({ rate: { requests: 1, seconds: 6 } });
    const refusal = { status: 400, body: { result: "error.command.steps.malformed", message: "no" } };
    await world.sandbox("faults", [{ ...endless, command: { user: "user.5@example.com" }, ...refusal }]);
    const ids = await accepted(world, users(400).map(create));
    await world.clock.advance(10 * minuteMs);
    expect(await statuses(world, ids.slice(0, 10))).toEqual({ succeeded: 9, failed: 1 });
    expect(await commandsSent()).toBeGreaterThan(350);
  });

  test("A chain of calls that each change one group goes beside other work, not before it", async () => {
    await start();
    await accepted(world, { usergroup: "Chain", do: [{ createUserGroup: {} }] });
    await accepted(world, users(240).map(create));
    await world.drain(3600);
    const chain: string[] = [];
    for (const user of users(240))
      chain.push(...(await accepted(world, { usergroup: "Chain", do: [{ add: { user: [user] } }] })));
    const others = await accepted(world, users(300, "other").map(create));
    await world.clock.advance(5 * minuteMs);
    expect(await statuses(world, others)).toEqual({ succeeded: 300 });
    await world.drain(3600);
    expect(await statuses(world, chain)).toEqual({ succeeded: 240 });
  });

  test("What stands before a crowd that is parked is not handed out once for each of the crowd", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, command: { usergroup: "Sales" }, ...tooBusy }]);
    await accepted(world, [{ usergroup: "Sales", do: [{ createUserGroup: {} }] }]);
    // By now the group's create is tried again every ten minutes, and would fill the request.
    await world.clock.advance(45 * minuteMs);
    const commands = [...users(9, "other").map(create), ...users(100, "sales").map(joiner)];
    const ids = await accepted(world, commands);
    await world.clock.advance(2 * minuteMs);
    expect(await statuses(world, ids)).toEqual({ succeeded: 9, queued: 100 });
    expect(world.queue.mostReceives).toBeLessThanOrEqual(12);
  });

  test("A crowd that is let go beside an empty queue goes out without pauses: its bell lasts", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, command: { usergroup: "Sales" }, ...tooBusy }]);
    await accepted(world, [{ usergroup: "Sales", do: [{ createUserGroup: {} }] }]);
    const crowd: string[] = [];
    for (const turn of ["a", "b", "c"]) crowd.push(...(await accepted(world, users(500, turn).map(joiner))));
    await world.clock.advance(11 * minuteMs);
    await world.sandbox("faults", []);
    await world.drain(3600);
    expect(await statuses(world, crowd)).toEqual({ succeeded: 1500 });
    const times = (await actionRequests(world)).slice(-140).map(({ at }) => at);
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? at));
    expect(pauses.filter((ms) => ms > 15_000)).toEqual([]);
  });

  test("What is in the queue when a crowd is let go goes beside it, and is not handed out once for each request", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, command: { usergroup: "Sales" }, ...tooBusy }]);
    await accepted(world, [{ usergroup: "Sales", do: [{ createUserGroup: {} }] }]);
    const crowd: string[] = [];
    for (const turn of ["a", "b"]) crowd.push(...(await accepted(world, users(500, turn).map(joiner))));
    await world.clock.advance(11 * minuteMs);
    await world.sandbox("faults", []);
    while ((await statuses(world, crowd))["succeeded"] === undefined) await world.clock.advance(minuteMs);
    const others = await accepted(world, users(30).map(create));
    await world.clock.advance(5 * minuteMs);
    expect(await statuses(world, others)).toEqual({ succeeded: 30 });
    await world.drain(3600);
    expect(await statuses(world, crowd)).toEqual({ succeeded: 1000 });
    expect(world.queue.mostReceives).toBeLessThanOrEqual(60);
  });

  test("Beside one command that Adobe is too busy for, a healthy one takes seconds, after two days as well", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, command: { user: "busy@example.com" }, ...tooBusy }]);
    await accepted(world, create("busy@example.com"));
    await world.clock.advance(2 * dayMs);
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await world.clock.advance(10_000);
    expect((await operation(world, id)).status).toBe("succeeded");
  });

  test("The last bad command of an idle lane ends by itself, without other traffic", async () => {
    await start();
    await failing(world, { user: "bad@example.com" });
    const [id = ""] = await accepted(world, create("bad@example.com"));
    await world.clock.advance(hourMs);
    expect(await operation(world, id)).toMatchObject({ status: "failed", attempts: 4 });
    expect(await sandboxUsers(world)).toEqual([]);
  });
});

describe("Nothing that waits is lost, reordered or charged for Adobe's faults", () => {
  test("What Adobe applies a minute after a gateway gave up with 504 does not overtake newer work", async () => {
    let isArmed = false;
    await start({
      network: async (send, url, clock) => {
        if (!isArmed || !url.includes("/action/")) return await send();
        isArmed = false;
        void clock.sleep(minuteMs).then(send);
        return new Response("gateway timeout", { status: 504 });
      },
    });
    const user = "ada@example.com";
    await accepted(world, create(user));
    await world.drain(3600);
    isArmed = true;
    await accepted(world, addTo(user, "TestGroup1"));
    await accepted(world, { user, do: [{ remove: { group: ["TestGroup1"] } }] });
    await world.drain(3600);
    await world.clock.advance(5 * minuteMs);
    expect((await sandboxUsers(world))[0]?.groups).toEqual([]);
  });

  test.each([0.5, 0.7])(
    "With %d of all requests answered 503 at random, no healthy operation fails or is charged",
    async (share) => {
      let random = 1;
      await start({
        network: async (send, url) => {
          random = (random * 16_807) % 2_147_483_647;
          const isStruck = url.includes("/action/") && random / 2_147_483_647 < share;
          return isStruck ? new Response("", { status: 503 }) : await send();
        },
      });
      const ids = await accepted(world, users(300).map(create));
      await world.drain(4 * 86_400);
      expect(await statuses(world, ids)).toEqual({ succeeded: 300 });
      for (const { attempts } of await allOperations(world)) expect(attempts).toBe(0);
    },
  );

  test("After three weeks of 503 everything goes at the ceiling; nothing was charged, failed or taken for a suspect", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, status: 503 }]);
    const ids = await accepted(world, users(240).map(create));
    await untilWithoutIdling(world, world.clock.now() + 21 * dayMs);
    expect(await statuses(world, ids)).toEqual({ queued: 240 });
    expect(world.ledger.reasons).not.toContain("suspect");
    await world.sandbox("faults", []);
    const before = (await actionRequests(world)).length;
    await world.drain(2 * 3600);
    expect(await statuses(world, ids)).toEqual({ succeeded: 240 });
    // 24 full requests, and the probe that found Adobe well.
    expect((await actionRequests(world)).length - before).toBeLessThanOrEqual(26);
    for (const { attempts } of await allOperations(world)) expect(attempts).toBe(0);
  });

  test("One failed read of the table costs seconds, not half an hour", async () => {
    await start();
    await world.sandbox("faults", [{ ...endless, command: { user: "busy@example.com" }, ...tooBusy }]);
    await accepted(world, create("busy@example.com"));
    const ids = await accepted(world, users(400).map(create));
    await world.clock.advance(2 * minuteMs);
    world.dynamo.refuse({ action: "BatchGetItem", times: 1 });
    await world.clock.advance(6 * minuteMs);
    expect(await statuses(world, ids)).toEqual({ succeeded: 400 });
  });

  test("A retry that would come after newer work that still waits asks to be confirmed", async () => {
    await start();
    const user = "ada@example.com";
    const refusal = { errorCode: "error.domain.trust.nonexistent", message: "no" };
    await world.sandbox("faults", [{ on: "action", command: { user }, ...refusal }]);
    const [joined = ""] = await accepted(world, create(user));
    await world.clock.advance(30_000);
    await world.sandbox("faults", [{ on: "action", status: 429, retryAfter: 120 }]);
    await accepted(world, { user, do: [{ removeFromOrg: {} }] });
    await world.clock.advance(20_000);
    expect((await world.api.retry(joined)).status).toBe(409);
    expect((await world.api.retry(joined, "?confirm=true")).status).toBe(202);
  });

  test("A credential that Adobe refuses with 403 is read again within half an hour of a good one", async () => {
    let first: string | undefined;
    await start();
    const handle = world.adobe.handle.bind(world.adobe);
    world.adobe.handle = async (request) => {
      const token = request.headers["authorization"];
      if (!request.path.includes("/action/")) return await handle(request);
      first ??= token;
      if (token !== first) return await handle(request);
      return {
        kind: "response",
        status: 403,
        headers: {},
        body: '{"error_code":"403003","message":"Api Key is invalid"}',
      };
    };
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await world.clock.advance(minuteMs);
    world.adobe.credentials.rotateSecret("p8e-fresh");
    await world.putSecret("p8e-fresh");
    await world.clock.advance(hourMs);
    expect((await operation(world, id)).status).toBe("succeeded");
  });
});
