import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { credentials, enterprise, RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeEach(async () => {
  sandbox = await RunningSandbox.start();
});
afterEach(() => sandbox.close());

const BASE = "/v2/usermanagement";

async function post(path: string, headers: Record<string, string | undefined>, body: string) {
  const given = Object.entries({ ...sandbox.headers, "content-type": "application/json", ...headers });
  const response = await fetch(sandbox.url + path, {
    method: "POST",
    headers: given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])),
    body,
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const ACTION = `${BASE}/action/${credentials.orgId}`;
const ONE = JSON.stringify([enterprise("a@example.com")]);

describe("who may ask", () => {
  test.each([
    ["no token", { authorization: undefined }, ACTION, 401],
    ["an unknown token", { authorization: "Bearer nonsense" }, ACTION, 401],
    ["another scheme", { authorization: "Basic abc" }, ACTION, 401],
    ["no key", { "x-api-key": undefined }, ACTION, 403],
    ["an unknown key", { "x-api-key": "other" }, ACTION, 403],
    ["another organisation", {}, `${BASE}/action/B0B@AdobeOrg`, 401],
    ["an organisation id that is none", {}, `${BASE}/action/nonsense`, 400],
  ])("%s is refused, and nothing is done", async (_, headers, path, status) => {
    const answer = await post(path, headers, ONE);
    expect(answer.status).toBe(status);
    expect(await sandbox.look("users")).toEqual([]);
    if (status === 401) {
      expect(answer.headers.get("www-authenticate")).toContain('Bearer realm="JIL", error="invalid_token"');
    }
    if (status === 403)
      expect(JSON.parse(answer.body)).toEqual({ error_code: expect.any(String), message: expect.any(String) });
    if (status === 400) expect(JSON.parse(answer.body)).toMatchObject({ result: "error.organization.invalid_id" });
  });

  test("an organisation id may be percent-encoded", async () => {
    expect((await post(ACTION.replace("@", "%40"), {}, ONE)).status).toBe(200);
  });

  test("a token ends after 24 hours", async () => {
    sandbox.advance(24 * 60 * 60 * 1000 - 1);
    expect((await sandbox.act([enterprise("a@example.com")])).status).toBe(200);
    sandbox.advance(1);
    expect((await sandbox.act([enterprise("b@example.com")])).status).toBe(401);
  });

  test("a revoked token is refused, one that outlives its secret is not", async () => {
    sandbox.adobe.credentials.rotateSecret("p8e-new");
    expect((await sandbox.act([enterprise("a@example.com")])).status).toBe(200);
    sandbox.adobe.credentials.revokeTokens();
    expect((await sandbox.act([enterprise("b@example.com")])).status).toBe(401);
  });

  test("X-Request-Id comes back, or is made up", async () => {
    const answer = await post(ACTION, { "x-request-id": "mine-1" }, ONE);
    expect(answer.headers.get("x-request-id")).toBe("mine-1");
    expect((await post(ACTION, {}, ONE)).headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("a request refused as a whole", () => {
  const eleven = Array.from({ length: 11 }, (_, n) => enterprise(`a${n}@example.com`));
  test.each([
    ["that is not JSON", "[{", {}],
    ["that is not an array", JSON.stringify(enterprise("a@example.com")), {}],
    ["that is empty", "[]", {}],
    ["of eleven commands", JSON.stringify(eleven), {}],
    ["of another content type", ONE, { "content-type": "text/plain" }],
  ])("one %s is answered 400, and nothing is done", async (_, body, headers) => {
    const answer = await post(ACTION, headers, body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({ result: "error.command.malformed", message: expect.any(String) });
    expect(await sandbox.look("users")).toEqual([]);
  });

  test("ten commands and a charset are accepted", async () => {
    const answer = await post(
      ACTION,
      { "content-type": "application/json; charset=utf-8" },
      JSON.stringify(eleven.slice(1)),
    );
    expect(JSON.parse(answer.body)).toMatchObject({ result: "success", completed: 10 });
  });

  test("an unknown path is answered 404", async () => {
    expect((await post(`${BASE}/nonsense`, {}, ONE)).status).toBe(404);
    expect((await sandbox.get(`action/${credentials.orgId}`)).status).toBe(404);
  });
});

test("every request to Adobe is recorded, looks into the sandbox are not", async () => {
  await sandbox.act([enterprise("a@example.com"), enterprise("b@example.com")], "?testOnly=true");
  sandbox.advance(1000);
  await sandbox.get(`groups/${credentials.orgId}/0`);
  await sandbox.act("nonsense");
  const start = sandbox.now - 1000;
  expect(await sandbox.look("requests")).toEqual([
    { at: start, method: "POST", path: `${ACTION}?testOnly=true`, status: 200, commands: 2 },
    { at: start + 1000, method: "GET", path: `${BASE}/groups/${credentials.orgId}/0`, status: 200, commands: 0 },
    { at: start + 1000, method: "POST", path: ACTION, status: 400, commands: 0 },
  ]);
});
