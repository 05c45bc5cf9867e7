import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SlidingWindow } from "../../../infra/local/adobe/throttle.ts";
import { credentials, enterprise, RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeEach(async () => {
  sandbox = await RunningSandbox.start({ rate: { requests: 3, seconds: 60 } });
});
afterEach(() => sandbox.close());

let person = 0;
const act = () => sandbox.act([enterprise(`p${person++}@example.com`)]);

async function statuses(count: number, call: () => Promise<{ status: number }>): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n++) found.push((await call()).status);
  return found;
}

describe("action requests", () => {
  test("beyond the limit are answered 429 with the seconds until the next is free", async () => {
    await act();
    sandbox.advance(20_500);
    expect(await statuses(3, act)).toEqual([200, 200, 429]);
    const refused = await act();
    expect(refused.body).toEqual({ error_code: "429050", message: "Too many requests" });
    expect(refused.headers.get("retry-after")).toBe("40");
    expect(await sandbox.look("users")).toHaveLength(3);
  });

  test("are free again when the oldest leaves the window, one by one", async () => {
    await act();
    sandbox.advance(30_000);
    await statuses(2, act);
    sandbox.advance(29_999);
    expect((await act()).headers.get("retry-after")).toBe("1");
    sandbox.advance(1);
    expect(await statuses(2, act)).toEqual([200, 429]);
    sandbox.advance(30_000);
    expect(await statuses(3, act)).toEqual([200, 200, 429]);
  });

  test("count when they are refused with 400 or 401, not with 403 or 429", async () => {
    expect(await statuses(2, () => sandbox.act("nonsense"))).toEqual([400, 400]);
    const bare = { method: "POST", body: "[]" };
    expect((await fetch(sandbox.actionUrl, bare)).status).toBe(403);
    expect((await fetch(sandbox.actionUrl, { ...bare, headers: { "x-api-key": "other" } })).status).toBe(403);
    expect((await fetch(sandbox.actionUrl, { ...bare, headers: { "x-api-key": credentials.clientId } })).status).toBe(
      401,
    );
    expect(await statuses(5, act)).toEqual([429, 429, 429, 429, 429]);
    sandbox.advance(60_000);
    expect((await act()).status).toBe(200);
  });

  test("that a fault befalls do not count", async () => {
    await sandbox.fault({ on: "action", status: 503, times: 5 });
    expect(await statuses(9, act)).toEqual([503, 503, 503, 503, 503, 200, 200, 200, 429]);
    sandbox.advance(60_000);
    const user = "p9@example.com";
    person = 9;
    await sandbox.fault(
      { on: "action", effect: "applied-then-reset" },
      { on: "action", command: { user }, errorCode: "error.internal.add" },
    );
    await expect(act()).rejects.toThrow("fetch failed");
    person = 9;
    expect(await statuses(5, act)).toEqual([200, 200, 200, 200, 429]);
  });

  test("start afresh after a reset", async () => {
    await statuses(3, act);
    await sandbox.reset();
    expect((await act()).status).toBe(200);
  });
});

test("reads of users and of groups have limits of their own", async () => {
  await statuses(4, act);
  const { orgId } = credentials;
  const users = () => sandbox.get(`users/${orgId}/0`);
  const user = () => sandbox.get(`organizations/${orgId}/users/a@example.com`);
  expect(await statuses(24, users)).toEqual(Array(24).fill(200));
  expect([(await user()).status, (await user()).status, (await users()).status]).toEqual([404, 429, 429]);
  expect(await statuses(6, () => sandbox.get(`groups/${orgId}/0`))).toEqual([200, 200, 200, 200, 200, 429]);
});

test("no window of 60 seconds ever holds more than the limit", () => {
  const window = new SlidingWindow({ requests: 10, seconds: 60 });
  const allowed: number[] = [];
  for (let now = 0; now < 600_000; now += 700 + ((now * 7919) % 1300)) {
    if (window.secondsUntilFree(now) !== undefined) continue;
    window.count(now);
    allowed.push(now);
  }
  for (const start of allowed)
    expect(allowed.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(10);
  expect(allowed.length).toBeGreaterThanOrEqual(95);
});
