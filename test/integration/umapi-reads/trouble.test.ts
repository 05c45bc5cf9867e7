import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { all, failureOf, ReadingSandbox } from "./reading-sandbox.ts";

let sandbox: ReadingSandbox;
let everyone: string[];
let someone: string;
beforeEach(async () => {
  sandbox = await ReadingSandbox.start({ users: 10, pageSize: 2 });
  everyone = await sandbox.everyone();
  someone = everyone[0] ?? "";
});
afterEach(() => sandbox.close());

const seconds = (ms: number) => ms / 1000;
/** Of each wait: why, and how long after `start` it ends, in seconds. */
const waits = (start: number) => sandbox.waits.map(({ reason, until }) => [reason, seconds(until - start)]);
const pages = () => sandbox.sent.map(({ path }) => Number(path.split("/")[2]));
async function readAll(options: { waitAtMostMs?: number; fromPage?: number } = {}) {
  const users = await all(sandbox.reads().users({ onWait: sandbox.onWait, ...options }));
  return users.map(({ email }) => email);
}

describe("a throttle", () => {
  test.each([
    ["38", 38],
    ["3244", 3244],
  ])("of %s s in mid-listing is waited out, and the listing goes on where it stopped", async (retryAfter, expected) => {
    await sandbox.client.fault({ on: "users", status: 429, retryAfter, after: 2 });
    const start = sandbox.clock.now();
    expect(await readAll()).toEqual(everyone);
    expect(waits(start)).toEqual([["throttled", expected]]);
    expect(pages()).toEqual([0, 1, 2, 2, 3, 4]);
  });

  test("may come any number of times", async () => {
    await sandbox.client.fault({ on: "users", status: 429, retryAfter: 1, times: 9 });
    expect(await readAll()).toEqual(everyone);
    expect(sandbox.waits.length).toBe(9);
  });

  test("that lasts longer than the caller waits fails at once, and says until when and from which page on", async () => {
    await sandbox.client.fault({ on: "users", status: 429, retryAfter: 3244, after: 2 });
    const start = sandbox.clock.now();
    const taken: (string | undefined)[] = [];
    const reads = sandbox.reads();
    const error = await failureOf(
      (async () => {
        for await (const { email } of reads.users({ waitAtMostMs: 60_000 })) taken.push(email);
      })(),
    );
    expect(error.failure).toEqual({ code: "wait-too-long", reason: "throttled", until: start + 3_244_000 });
    expect(error.page).toBe(2);
    expect(sandbox.clock.now()).toBe(start);
    await sandbox.clock.advanceTo(start + 3_244_000);
    for await (const { email } of reads.users({ waitAtMostMs: 0, fromPage: error.page ?? 0 })) taken.push(email);
    expect(taken).toEqual(everyone);
  });

  test("blocks the API that it came from, and no other", async () => {
    await sandbox.client.fault({ on: "groups", status: 429, retryAfter: 600 });
    const reads = sandbox.reads();
    expect(await failureOf(all(reads.groups({ waitAtMostMs: 1000 })))).toMatchObject({ code: "wait-too-long" });
    expect(await reads.user({ user: someone }, { waitAtMostMs: 0 })).toBeDefined();
    expect(await failureOf(all(reads.groups({ waitAtMostMs: 1000 })))).toMatchObject({ code: "wait-too-long" });
    expect(sandbox.sent.filter(({ path }) => path.startsWith("groups")).length).toBe(1);
  });

  test("can be left by a signal", async () => {
    await sandbox.client.fault({ on: "users", status: 429, retryAfter: 3244 });
    const leave = new AbortController();
    const onWait = () => leave.abort(new Error("enough"));
    await expect(all(sandbox.reads().users({ onWait, signal: leave.signal }))).rejects.toThrow("enough");
  });
});

describe("Adobe's block on listing from page 0 too often", () => {
  beforeEach(async () => {
    await sandbox.close();
    sandbox = await ReadingSandbox.start({ users: 10, pageSize: 2, page0BlockSeconds: 3244 });
  });

  test("is not drawn by listing users, those of a domain and groups again and again", async () => {
    const reads = sandbox.reads();
    const { onWait } = sandbox;
    for (let round = 0; round < 2; round++) {
      await all(reads.users({ onWait }));
      await all(reads.users({ onWait, domain: "example.com" }));
      await all(reads.groups({ onWait }));
    }
    expect(sandbox.waits.every(({ reason }) => reason === "budget")).toBe(true);
  });

  test("is waited out in mid-listing where another client drew it", async () => {
    const taken: (string | undefined)[] = [];
    let start = 0;
    for await (const { email } of sandbox.reads().users({ onWait: sandbox.onWait })) {
      taken.push(email);
      if (taken.length !== 4) continue;
      start = sandbox.clock.now();
      expect([await sandbox.listUnmarked(), await sandbox.listUnmarked()]).toContain(429);
    }
    expect(taken.toSorted()).toEqual((await sandbox.everyone()).toSorted());
    expect(waits(start)).toEqual([["throttled", 3244]]);
    expect(pages()).toEqual([0, 1, 2, 2, 3, 4]);
  });
});

describe("a fault of Adobe's", () => {
  test.each<[string, object]>([
    ["503", { status: 503 }],
    ["an empty 504", { status: 504, body: "" }],
    ["a page that is none", { status: 200, body: "<html>", contentType: "text/html" }],
    ["a cut connection", { effect: "reset" }],
  ])("(%s) three times is repeated by backoff", async (_, fault) => {
    await sandbox.client.fault({ on: "users", after: 1, times: 3, ...fault });
    const start = sandbox.clock.now();
    expect(await readAll()).toEqual(everyone);
    expect(waits(start)).toEqual([
      ["adobe-unavailable", 17.5],
      ["adobe-unavailable", 17.5 + 32.5],
      ["adobe-unavailable", 17.5 + 32.5 + 62.5],
    ]);
    expect(pages()).toEqual([0, 1, 1, 1, 1, 2, 3, 4]);
  });

  test("four times in a row fails the read and tells the page", async () => {
    await sandbox.client.fault({ on: "users", status: 502, after: 1, times: 4 });
    const error = await failureOf(readAll());
    expect(error).toMatchObject({ code: "adobe-unavailable", page: 1, failure: { status: 502 } });
    expect(pages()).toEqual([0, 1, 1, 1, 1]);
  });

  test.each(["users", "token"] as const)("of the network says its code and what to do, at %s", async (on) => {
    await sandbox.client.fault({ on, effect: "reset", times: 4 });
    const error = await failureOf(readAll());
    expect(error.code).toBe("adobe-unavailable");
    expect(error.message).toMatch(
      /no answer in four attempts \((ECONNRESET|UND_ERR_SOCKET)[^)]*\): the connection was cut\./,
    );
  });

  test("on each of two pages is counted by the page", async () => {
    await sandbox.client.fault(
      { on: "users", status: 502, times: 3 },
      { on: "users", status: 502, after: 1, times: 3 },
    );
    expect(await readAll()).toEqual(everyone);
  });

  test("at the token endpoint is repeated likewise", async () => {
    await sandbox.client.fault({ on: "token", status: 503, times: 3 });
    expect(await readAll()).toEqual(everyone);
    expect(sandbox.waits.length).toBe(3);
  });

  test("at the token endpoint may say how long to wait", async () => {
    await sandbox.client.fault({ on: "token", status: 503, retryAfter: 40 });
    const start = sandbox.clock.now();
    expect(await readAll()).toEqual(everyone);
    expect(waits(start)).toEqual([["adobe-unavailable", 40]]);
  });

  test("that repeats a page and says that there are more ends the listing with an error", async () => {
    const users = [{ id: "1" }, { id: "2" }];
    const body = { lastPage: false, result: "success", users };
    await sandbox.client.fault({ on: "users", status: 200, body, times: 9 });
    const error = await failureOf(readAll());
    expect(error).toMatchObject({ code: "page-repeated", page: 1 });
    expect(pages()).toEqual([0, 1]);
  });
});

describe("the credential", () => {
  test("gets a new token where the one it has is refused", async () => {
    const reads = sandbox.reads();
    await reads.user({ user: someone });
    sandbox.adobe.credentials.revokeTokens();
    expect(await reads.user({ user: someone })).toBeDefined();
    expect(sandbox.sent.length).toBe(3);
    expect(sandbox.waits).toEqual([]);
  });

  test.each<[string, object, number]>([
    ["401 with a new token too", { status: 401, times: 2 }, 2],
    ["403", { status: 403 }, 1],
  ])("is refused by %s", async (_, fault, requests) => {
    await sandbox.client.fault({ on: "users", ...fault });
    expect(await failureOf(readAll())).toMatchObject({ code: "credentials-refused", page: 0 });
    expect(sandbox.sent.length).toBe(requests);
    expect(await readAll()).toEqual(everyone);
    expect(sandbox.waits).toEqual([]);
  });

  test("is refused by the token endpoint", async () => {
    await sandbox.client.fault({ on: "token", status: 401 });
    const error = await failureOf(readAll());
    expect(error).toMatchObject({ code: "credentials-refused", cause: { name: "TokenError" } });
    expect(sandbox.sent).toEqual([]);
  });

  test.each([
    ["403", { on: "users", status: 403 }],
    ["401 with a new token too", { on: "users", status: 401, times: 2 }],
    ["the token endpoint", { on: "token", status: 400 }],
  ])("waits, once refused by %s, before it is tried again", async (_, fault) => {
    const reads = sandbox.reads();
    await sandbox.client.fault(fault);
    await failureOf(reads.user({ user: someone }));
    const start = sandbox.clock.now();
    expect(await reads.user({ user: someone }, { onWait: sandbox.onWait })).toBeDefined();
    expect(waits(start)).toEqual([["credentials-refused", 17.5]]);
  });
});

test("a read that Adobe refuses fails with Adobe's code and with nobody's name", async () => {
  const body = { result: "error.domain.trust.nonexistent", message: "No domain for ada@example.com" };
  await sandbox.client.fault({ on: "users", status: 400, body });
  const error = await failureOf(sandbox.reads().user({ user: "ada@example.com" }));
  expect(error.failure).toEqual({ code: "read-refused", status: 400, adobeCode: "error.domain.trust.nonexistent" });
  expect(error.message).not.toContain("ada");
});
