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

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const endless = { on: "action", times: 1_000_000 };
const tooBusy = { errorCode: "error.throttled_by_external_service", message: "later" };

async function start(options: Partial<SimulationOptions> = {}): Promise<void> {
  world = await SimulatedWorld.create({ seed: 11, credentials, rate: { requests: 10, seconds: 60 }, ...options });
}

const emails = async () => (await sandboxUsers(world)).map(({ email }) => email);
const cancel = async (id: string) => await world.api.operate(`operations/${id}/cancel`);
const fail = async (fault: object) => await world.sandbox("faults", [{ ...endless, ...fault }]);

/** Lets time run until the operation waits for this reason. */
async function untilItWaits(id: string, reason: string): Promise<void> {
  for (let second = 0; second < 900; second++) {
    if ((await operation(world, id)).waiting?.reason === reason) return;
    await world.clock.advance(1000);
  }
  throw new Error(`it never waits: ${reason}`);
}

/** Brings an operation on a user into a state, with others behind it. */
const states: Readonly<Record<string, (user: string) => Promise<string>>> = {
  queued: async (user) => {
    await fail({ status: 429, retryAfter: 300 });
    const [id = ""] = await accepted(world, create(user));
    await world.clock.advance(5000);
    return id;
  },
  scheduled: async (user) => {
    const notBefore = new Date(world.clock.now() + hourMs).toISOString();
    const [id = ""] = await accepted(world, { ...create(user), notBefore });
    return id;
  },
  held: async (user) => {
    await fail({ command: { user }, ...tooBusy });
    const [id = ""] = await accepted(world, create(user));
    await untilItWaits(id, "held");
    return id;
  },
  suspect: async (user) => {
    await fail({ command: { user }, status: 500 });
    const [id = ""] = await accepted(world, create(user));
    await accepted(world, users(200, "other").map(create));
    await untilItWaits(id, "suspect");
    // Adobe can no longer apply its last try.
    await world.sandbox("faults", []);
    await fail({ command: { user }, ...tooBusy });
    await world.clock.advance(3 * minuteMs);
    return id;
  },
  behind: async (user) => {
    await fail({ command: { user }, ...tooBusy });
    await accepted(world, addTo(user, "Nowhere"));
    const [id = ""] = await accepted(world, create(user));
    await untilItWaits(id, "behind");
    return id;
  },
};

describe("A canceled operation is not sent, and nobody waits for it", () => {
  test.each(Object.keys(states))("%s", async (state) => {
    await start();
    const user = "ada@example.com";
    const id = (await states[state]?.(user)) ?? "";
    const [behind = ""] = await accepted(world, addTo(user, "TestGroup1"));
    const at = world.clock.now();
    const answer = await cancel(id);
    expect(answer).toMatchObject({ status: 200, body: { id, status: "canceled" } });
    const canceled = await operation(world, id);
    expect(answer.body).toEqual(canceled);
    expect(Date.parse(canceled.canceledAt ?? "")).toBe(at);
    expect(canceled).toMatchObject({ attempts: 0 });
    expect(canceled).not.toHaveProperty("waiting");
    const { do: _, ...inLists } = canceled;
    expect((await allOperations(world, "&status=canceled"))[0]).toEqual(inLists);
    expect(await cancel(id)).toMatchObject({ status: 409, body: { title: "The operation has ended" } });
    expect((await world.api.retry(id)).status).toBe(409);
    await world.sandbox("faults", []);
    await world.clock.advance(10 * minuteMs);
    // Nobody created the user.
    expect(await operation(world, behind)).toMatchObject({ status: "failed" });
    expect(await emails()).not.toContain(user);
    await world.drain(2 * 3600);
    expect((await operation(world, id)).status).toBe("canceled");
  });

  test("by call: what had gone before is named apart", async () => {
    await start();
    const ids = await accepted(world, [create("gone@example.com")]);
    await world.drain(60);
    await fail({ status: 429, retryAfter: 300 });
    const more = await accepted(world, users(250).map(create));
    await world.clock.advance(5000);
    const callOf = (id = "") => id.split("-")[0];
    expect(await world.api.operate(`calls/${callOf(more[0])}/cancel`)).toEqual({
      status: 200,
      body: { canceled: more, notCanceled: [] },
    });
    expect(await world.api.operate(`calls/${callOf(ids[0])}/cancel`)).toEqual({
      status: 200,
      body: { canceled: [], notCanceled: ids },
    });
    await world.sandbox("faults", []);
    await world.drain(3600);
    expect(await emails()).toEqual(["gone@example.com"]);
  });
});

describe("What cannot be canceled is answered clearly, and left as it is", () => {
  test("unknown: 404", async () => {
    await start();
    for (const path of ["operations/nobody/cancel", `operations/${"0".repeat(32)}-000/cancel`, "operations/%20/cancel"])
      expect((await world.api.operate(path)).status).toBe(404);
    for (const path of ["calls/nobody/cancel", `calls/${"0".repeat(32)}/cancel`])
      expect((await world.api.operate(path)).status).toBe(404);
  });

  test("ended: 409", async () => {
    await start();
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await world.drain(60);
    expect(await cancel(id)).toMatchObject({ status: 409, body: { detail: expect.stringContaining("succeeded") } });
    expect((await operation(world, id)).status).toBe("succeeded");
  });

  test("in flight: 409, and it is done", async () => {
    await start({
      network: async (send, url, clock) => {
        if (url.includes("/action/")) await clock.sleep(20_000);
        return await send();
      },
    });
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await world.clock.advance(5000);
    expect(await cancel(id)).toMatchObject({ status: 409, body: { title: "The operation is being sent" } });
    await world.clock.advance(minuteMs);
    expect((await operation(world, id)).status).toBe("succeeded");
  });

  test("possibly applied by Adobe still: 409 until it can no longer be; then it says that it may have been", async () => {
    await start({
      network: async (send, url) =>
        url.includes("/action/") ? new Response("gateway timeout", { status: 504 }) : await send(),
    });
    const [id = ""] = await accepted(world, create("ada@example.com"));
    await world.clock.advance(30_000);
    expect((await cancel(id)).status).toBe(409);
    for (let minute = 0; minute < 30 && (await cancel(id)).status === 409; minute++) await world.clock.advance(5000);
    expect(await operation(world, id)).toMatchObject({ status: "canceled", certain: false });
  });
});

describe("A cancel that dies on the way is done or undone as a whole, and can be asked for again", () => {
  test.each([
    ["before the intent", "before PutItem", 1],
    ["after the intent", "after PutItem", 1],
    ["before the row is final", "before PutItem", 3],
    ["after the row is final", "after PutItem", 3],
    ["after the lane was changed", "after PutItem", 2],
    ["before the room is tidied", "before Query", 1],
    ["in the middle of tidying the room", "after BatchWriteItem", 1],
  ])("%s", async (_, moment, count) => {
    await start();
    const user = "ada@example.com";
    const id = (await states["held"]?.(user)) ?? "";
    const [behind = ""] = await accepted(world, addTo(user, "TestGroup1"));
    await untilItWaits(behind, "behind");
    let seen = 0;
    world.chaos.kills = (at) => at === moment && ++seen === count;
    expect((await cancel(id)).status).toBe(500);
    world.chaos.kills = () => false;
    const { status } = await operation(world, id);
    expect(["queued", "canceled"]).toContain(status);
    expect((await cancel(id)).status).toBe(status === "queued" ? 200 : 409);
    await world.sandbox("faults", []);
    await world.drain(2 * 3600);
    expect(await operation(world, id)).toMatchObject({ status: "canceled" });
    expect(await operation(world, behind)).toMatchObject({ status: "failed" });
    expect(await emails()).toEqual([]);
  });

  test("and if nobody asks again, the operation goes on after a minute", async () => {
    await start();
    const user = "ada@example.com";
    await fail({ status: 429, retryAfter: 30 });
    const [id = ""] = await accepted(world, create(user));
    const [later = ""] = await accepted(world, addTo(user, "TestGroup1"));
    await world.clock.advance(5000);
    let seen = 0;
    world.chaos.kills = (at) => at === "after PutItem" && ++seen === 1;
    expect((await cancel(id)).status).toBe(500);
    world.chaos.kills = () => false;
    await world.sandbox("faults", []);
    await world.clock.advance(58_000);
    expect((await operation(world, id)).status).toBe("queued");
    await world.clock.advance(4 * minuteMs);
    expect((await operation(world, id)).status).toBe("succeeded");
    expect((await operation(world, later)).status).toBe("succeeded");
    expect((await sandboxUsers(world))[0]?.groups).toEqual(["TestGroup1"]);
  });
});

test("A cancel that stands still for minutes before its last write does not end what is being sent by then", async () => {
  await start({
    network: async (send, url, clock) => {
      if (url.includes("/action/")) await clock.sleep(25_000);
      return await send();
    },
  });
  await fail({ status: 429, retryAfter: 30, times: 1 });
  const [id = ""] = await accepted(world, create("ada@example.com"));
  await world.clock.advance(30_000);
  let seen = 0;
  world.chaos.freezes = (at) => (at === "before PutItem" && ++seen === 3 ? 100_000 : 0);
  expect((await cancel(id)).status).toBe(500);
  world.chaos.freezes = () => 0;
  await world.clock.advance(95_000);
  expect(await actionRequests(world)).toHaveLength(1);
  await world.clock.advance(5 * minuteMs);
  expect((await operation(world, id)).status).toBe("succeeded");
  expect(await emails()).toEqual(["ada@example.com"]);
});

test("A cancel that races the dispatcher either comes in time or says that it does not", async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 40; seed++) {
    await start({ seed });
    world.chaos.roughness = { ...world.chaos.roughness, latencyMs: 300 };
    const ids = await world.until(accepted(world, users(12).map(create)));
    await world.clock.advance((seed * 137) % 4000);
    const answers = await world.until(Promise.all(ids.map((id) => cancel(id))));
    world.chaos.roughness = { ...world.chaos.roughness, latencyMs: 0 };
    await world.drain(3600);
    const there = await emails();
    for (const [index, id] of ids.entries()) {
      const { status, certain } = await operation(world, id);
      const isThere = there.includes(`user.${index}@example.com`);
      seen.add(`${answers[index]?.status} ${status}`);
      expect([answers[index]?.status, status, isThere]).toEqual(
        status === "canceled" ? [200, "canceled", false] : [409, "succeeded", true],
      );
      if (status === "canceled") expect(certain).toBe(true);
    }
    const commands = (await actionRequests(world)).reduce((sum, request) => sum + request.commands, 0);
    expect(commands).toBe(there.length);
    expect([...world.ledger.violations, ...world.queue.violations]).toEqual([]);
    world.stop();
  }
  expect([...seen].sort()).toEqual(["200 canceled", "409 succeeded"]);
});
