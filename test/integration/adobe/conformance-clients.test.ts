import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentials, enterprise, federated, RunningSandbox } from "./running-sandbox.ts";

/** How clients in the field put their requests, each from a library or tool that does so. */

const { orgId, clientId, clientSecret, technicalAccountId, privateKey } = credentials;
const IMS = "https://ims-na1.adobelogin.com";
let sandbox: RunningSandbox;
beforeAll(async () => {
  const unlimited = { requests: 1000, seconds: 1 };
  sandbox = await RunningSandbox.start({ usersRate: unlimited, groupsRate: unlimited });
  await sandbox.act([
    enterprise("ada+test@example.com", { add: { group: ["TestGroup1"] } }),
    { ...federated("ray@example.com"), user: "ray", domain: "example.com" },
  ]);
});
afterAll(() => sandbox.close());

const oauth = {
  grant_type: "client_credentials",
  client_id: clientId,
  client_secret: clientSecret,
  scope: "openid,AdobeID,user_management_sdk",
};

const jwt = async () => ({
  client_id: clientId,
  client_secret: clientSecret,
  jwt_token: await new SignJWT({ [`${IMS}/s/ent_user_sdk`]: true })
    .setProtectedHeader({ alg: "RS256" })
    .setExpirationTime(sandbox.now / 1000 + 24 * 60 * 60)
    .setIssuer(orgId)
    .setSubject(technicalAccountId)
    .setAudience(`${IMS}/c/${clientId}`)
    .sign(createPrivateKey(privateKey)),
});

const encoded = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe("a token", () => {
  const form = "application/x-www-form-urlencoded";
  test.each<[string, () => Promise<{ path: string; type?: string; body?: string | FormData }>]>([
    ["as curl does in Adobe's guide, all in the query", async () => ({ path: `/ims/token/v2?${encoded(oauth)}` })],
    [
      "with the secret in the body and the rest in the query",
      async () => {
        const { client_secret, ...rest } = oauth;
        return { path: `/ims/token/v2?${encoded(rest)}`, type: form, body: encoded({ client_secret }) };
      },
    ],
    [
      "as umapi-client.py does, with a slash at the end",
      async () => ({ path: "/ims/token/v2/", type: form, body: encoded(oauth) }),
    ],
    [
      "as Java and .NET do, with a charset",
      async () => ({ path: "/ims/token/v3", type: `${form}; charset=UTF-8`, body: encoded(oauth) }),
    ],
    ["as Postman does, multipart", async () => ({ path: "/ims/token/v3/", body: multipart(oauth) })],
    [
      "by JWT, as umapi-client.py does",
      async () => ({ path: "/ims/exchange/jwt/", type: form, body: encoded(await jwt()) }),
    ],
    [
      "by JWT with a charset",
      async () => ({ path: "/ims/exchange/jwt", type: `${form};charset=utf-8`, body: encoded(await jwt()) }),
    ],
  ])("is had %s, and lets in", async (_, request) => {
    const { path, type, body } = await request();
    const headers = type === undefined ? undefined : { "content-type": type, "cache-control": "no-cache" };
    const response = await fetch(sandbox.url + path, {
      method: "POST",
      body: body ?? null,
      ...(headers && { headers }),
    });
    const { access_token, token_type } = JSON.parse(await response.text());
    expect([response.status, token_type]).toEqual([200, "bearer"]);
    const read = await fetch(`${sandbox.url}/v2/usermanagement/groups/${orgId}/0`, {
      headers: { authorization: `Bearer ${access_token}`, "x-api-key": clientId },
    });
    expect(read.status).toBe(200);
  });
});

test("a token is not to be had with GET", async () => {
  const response = await fetch(`${sandbox.url}/ims/token/v2?${encoded(oauth)}`);
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
});

describe("an action request", () => {
  const command = [{ user: "ray", domain: "example.com", do: [{ add: { group: ["TestGroup1"] } }] }];
  const body = JSON.stringify(command);
  const json = "application/json";
  test.each<[string, string, RequestInit & { duplex?: "half" }]>([
    ["with a charset", "", { body, headers: { "content-type": `${json};charset=UTF-8` } }],
    ["with its type in capitals", "", { body, headers: { "content-type": "Application/JSON" } }],
    ["without a type", "", { body: Buffer.from(body) }],
    ["with a slash at the end", "/", { body, headers: { "content-type": json } }],
    ["with a slash before the query", "/?testOnly=false", { body, headers: { "content-type": json } }],
    ["of Python's True", "?testOnly=False", { body, headers: { "content-type": json } }],
    [
      "in chunks, without a length",
      "",
      { body: new Blob([body]).stream(), duplex: "half", headers: { "content-type": json } },
    ],
    ["with line breaks", "", { body: `\n${JSON.stringify(command, null, 2)}\n`, headers: { "content-type": json } }],
  ])("%s is carried out", async (_, rest, init) => {
    const headers = { ...sandbox.headers, ...init.headers };
    const response = await fetch(sandbox.actionUrl + rest, { ...init, method: "POST", headers });
    expect(await response.json()).toMatchObject({ result: "success", completed: 1 });
  });
});

test("an action request of more than 10 MB is refused before it is read as JSON", async () => {
  expect((await sandbox.act(`[${" ".repeat(10 * 1024 * 1024)}]`)).status).toBe(413);
});

describe("a read", () => {
  const org = encodeURIComponent(orgId);
  test.each<[string, string, object]>([
    ["as umapi-client.py asks for users", `users/${orgId}/0?directOnly=True`, { lastPage: true, result: "success" }],
    ["with Python's False", `users/${orgId}/0/TestGroup1?directOnly=False`, { groupName: "TestGroup1" }],
    ["with a slash before the query", `users/${orgId}/0/TestGroup1/?status=active`, { groupName: "TestGroup1" }],
    ["with the organisation encoded", `users/${org}/0/`, { lastPage: true }],
    ["of groups with the organisation encoded", `groups/${org}/0/`, { lastPage: true }],
    ["with a query that Adobe does not know", `groups/${orgId}/0?limit=5`, { lastPage: true }],
    [
      "of a user with a plus",
      `organizations/${orgId}/users/ada+test@example.com`,
      { user: { email: "ada+test@example.com" } },
    ],
    [
      "of a user encoded",
      `organizations/${org}/users/ada%2Btest%40example.com/`,
      { user: { email: "ada+test@example.com" } },
    ],
    ["of a username", `organizations/${orgId}/users/RAY?domain=Example.com`, { user: { username: "ray" } }],
  ])("%s is answered", async (_, path, answer) => {
    const headers = { ...sandbox.headers, "content-type": "application/json", accept: "application/json" };
    const response = await fetch(`${sandbox.url}/v2/usermanagement/${path}`, { headers });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching(/^application\/json/),
    ]);
    expect(await response.json()).toMatchObject(answer);
  });

  test("takes the scheme of its token in any letter case", async () => {
    const authorization = (sandbox.headers["authorization"] ?? "").replace("Bearer", "bearer");
    const headers = { ...sandbox.headers, authorization };
    expect((await fetch(`${sandbox.url}/v2/usermanagement/groups/${orgId}/0`, { headers })).status).toBe(200);
  });

  test.each<[string, string, object, number]>([
    ["without a token", `users/${orgId}/0`, { authorization: "" }, 401],
    ["with a token of somebody else's", `groups/${orgId}/0`, { authorization: "Bearer eyJ" }, 401],
    ["without a key", `users/${orgId}/0`, { "x-api-key": "" }, 403],
    ["with another key", `organizations/${orgId}/users/ray`, { "x-api-key": "other" }, 403],
    ["of another organisation", "groups/B0B@AdobeOrg/0", {}, 401],
    ["of no organisation", "users/nonsense/0", {}, 400],
    ["of a group that is not there", `users/${orgId}/0/Nowhere`, {}, 404],
    ["of a user who is not there", `organizations/${orgId}/users/nobody@example.com`, {}, 404],
    ["of what Adobe does not have", `products/${orgId}`, {}, 404],
  ])("%s is refused, and its id comes back all the same", async (_, path, change, status) => {
    const headers = { ...sandbox.headers, "x-request-id": "mine", ...change };
    const response = await fetch(`${sandbox.url}/v2/usermanagement/${path}`, { headers });
    expect([response.status, response.headers.get("x-request-id")]).toEqual([status, "mine"]);
    const challenge = status === 401 ? expect.stringMatching(/^Bearer realm="JIL", error="invalid_token"/) : null;
    expect(response.headers.get("www-authenticate")).toEqual(challenge);
  });
});

describe("the status of the service", () => {
  test("is told where umapi-client.py asks for it: at the host, outside the API, without a key or a token", async () => {
    const endpoint = new URL(`${sandbox.url}/v2/usermanagement`);
    const response = await fetch(`${endpoint.protocol}//${endpoint.host}/status`, {
      headers: { "user-agent": "umapi-client/3.0 Python/3.12", accept: "*/*" },
    });
    expect([response.status, await response.json()]).toEqual([
      200,
      { build: expect.stringMatching(/^\d+$/), version: expect.stringMatching(/^\d+\.\d+\.\d+$/), state: "LIVE" },
    ]);
  });

  test.each([
    ["POST", "/status"],
    ["GET", "/status/other"],
    ["GET", "/v2/usermanagement/status"],
  ])("is not at %s %s", async (method, path) => {
    expect((await fetch(sandbox.url + path, { method })).status).toBe(404);
  });
});
