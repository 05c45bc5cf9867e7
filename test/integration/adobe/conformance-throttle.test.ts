import { afterEach, describe, expect, test } from "vitest";
import { credentials, enterprise, RunningSandbox } from "./running-sandbox.ts";

const { orgId } = credentials;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let sandbox: RunningSandbox;
afterEach(() => sandbox.close());

const users = (page = 0) => sandbox.get(`users/${orgId}/${page}`);
const groups = (page = 0) => sandbox.get(`groups/${orgId}/${page}`);
const user = () => sandbox.get(`organizations/${orgId}/users/a@example.com`);
const act = () => sandbox.act([enterprise("a@example.com")]);

test("each API has the limit it was given, and its own wait", async () => {
  sandbox = await RunningSandbox.start({
    rate: { requests: 1, seconds: 10 },
    usersRate: { requests: 2, seconds: 20 },
    groupsRate: { requests: 3, seconds: 30 },
  });
  const calls = [act, users, groups];
  for (const [index, call] of calls.entries()) {
    for (let n = 0; n <= index; n++) expect((await call()).status).toBe(200);
    const refused = await call();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, String((index + 1) * 10)]);
    expect(refused.body).toEqual({ error_code: "429050", message: "Too many requests" });
  }
});

describe("listing from page 0 again within two hours", () => {
  const blocked = (seconds: number) => ({ status: 429, body: { error_code: "429050" }, seconds });
  const ask = async (call: () => Promise<{ status: number; body: unknown; headers: Headers }>) => {
    const { status, body, headers } = await call();
    return { status, body, seconds: Number(headers.get("retry-after")) };
  };
  const start = async (page0BlockSeconds?: number) => {
    sandbox = await RunningSandbox.start({ ...(page0BlockSeconds !== undefined && { page0BlockSeconds }) });
  };
  const marked = (path: string) =>
    fetch(`${sandbox.url}/v2/usermanagement/${path}`, { headers: { ...sandbox.headers, pragma: "umapi-sync-start" } });

  test("is allowed unless a block is asked for", async () => {
    await start();
    expect([(await users()).status, (await users()).status]).toEqual([200, 200]);
  });

  test.each([
    ["users", users, user],
    ["groups", groups, () => groups(1)],
  ])("blocks every later call of %s until the block ends, and then goes on", async (_, listing, other) => {
    await start(3244);
    expect((await listing()).status).toBe(200);
    sandbox.advance(MINUTE);
    expect(await ask(listing)).toMatchObject(blocked(3244));
    sandbox.advance(3_000_000);
    expect(await ask(other)).toMatchObject(blocked(244));
    expect(await ask(listing)).toMatchObject(blocked(244));
    sandbox.advance(244_000);
    expect([(await other()).status === 429, (await listing()).status]).toEqual([false, 200]);
    expect(await ask(listing)).toMatchObject(blocked(3244));
  });

  test("leaves other APIs alone", async () => {
    await start(3000);
    await users();
    await users();
    expect([(await users()).status, (await groups()).status, (await act()).status]).toEqual([429, 200, 200]);
  });

  test("does not mean later pages, members of a group or single people", async () => {
    await start(3000);
    await users();
    expect((await users(1)).status).toBe(200);
    expect((await sandbox.get(`users/${orgId}/0/TestGroup1`)).status).toBe(200);
    expect((await user()).status).toBe(404);
  });

  test("is let through two hours later, and when marked as the start of a sync", async () => {
    await start(3000);
    await users();
    sandbox.advance(2 * HOUR);
    expect((await users()).status).toBe(200);
    sandbox.advance(2 * HOUR - 1);
    expect((await marked(`users/${orgId}/0`)).status).toBe(200);
    expect((await users()).status).toBe(429);
    expect((await marked(`users/${orgId}/0`)).status).toBe(429);
  });

  test("is forgotten by a reset, and a listing that was refused is none", async () => {
    await start(3000);
    const { authorization: _, ...anonymous } = sandbox.headers;
    const url = `${sandbox.url}/v2/usermanagement/users/${orgId}/0`;
    expect((await fetch(url, { headers: anonymous })).status).toBe(401);
    expect([(await users()).status, (await users()).status]).toEqual([200, 429]);
    await sandbox.reset();
    expect((await users()).status).toBe(200);
  });
});
