import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPrivateKeyPem } from "../../../infra/local/adobe/credentials.ts";
import { credentials, RunningSandbox } from "./running-sandbox.ts";

const IMS = "https://ims-na1.adobelogin.com";
const DAY_S = 24 * 60 * 60;

const oauth = {
  grant_type: "client_credentials",
  client_id: credentials.clientId,
  client_secret: credentials.clientSecret,
  scope: "openid,AdobeID,user_management_sdk",
};

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.adobe.credentials.rotateSecret(credentials.clientSecret));

async function post(path: string, body: string | URLSearchParams | FormData | null) {
  const response = await fetch(sandbox.url + path, { method: "POST", body });
  return { status: response.status, body: await response.json() };
}

async function jwt(
  claims: { [claim: string]: unknown } = {},
  key = createPrivateKey(credentials.privateKey),
): Promise<string> {
  const usual: JWTPayload = {
    exp: Math.floor(sandbox.now / 1000) + DAY_S,
    iss: credentials.orgId,
    sub: credentials.technicalAccountId,
    aud: `${IMS}/c/${credentials.clientId}`,
    [`${IMS}/s/ent_user_sdk`]: true,
  };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: "RS256" }).sign(key);
}

const exchange = (jwt_token: string, more: object = {}, path = "/ims/exchange/jwt") => {
  const { client_id, client_secret } = oauth;
  return post(path, new URLSearchParams({ client_id, client_secret, jwt_token, ...more }));
};

describe("OAuth Server-to-Server", () => {
  const multipart = () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(oauth)) form.set(name, value);
    return form;
  };
  test.each([
    ["form-encoded", "/ims/token/v2", () => new URLSearchParams(oauth)],
    ["form-encoded, v3", "/ims/token/v3", () => new URLSearchParams(oauth)],
    ["in the query string", `/ims/token/v2?${new URLSearchParams(oauth)}`, () => null],
    ["multipart", "/ims/token/v2", multipart],
    [
      "with spaces in the scope",
      "/ims/token/v2",
      () => new URLSearchParams({ ...oauth, scope: "openid user_management_sdk" }),
    ],
  ])("gives a token for fields %s, its life in seconds", async (_, path, body) => {
    expect(await post(path, body())).toEqual({
      status: 200,
      body: { access_token: expect.any(String), token_type: "bearer", expires_in: DAY_S },
    });
  });

  test.each([
    [{ client_id: "other" }, 400, "invalid_client"],
    [{ client_secret: "wrong" }, 401, "invalid_client"],
    [{ client_secret: "" }, 400, "invalid_request"],
    [{ grant_type: "password" }, 400, "unsupported_grant_type"],
    [{ scope: "openid,AdobeID" }, 400, "invalid_scope"],
  ])("refuses %o with %i %s", async (change, status, error) => {
    const refused = await post("/ims/token/v2", new URLSearchParams({ ...oauth, ...change }));
    expect(refused).toEqual({ status, body: { error, error_description: expect.any(String) } });
  });

  test("refuses a body that is not a form", async () => {
    expect(await post("/ims/token/v2", JSON.stringify(oauth))).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
  });

  test("accepts several secrets at once and none after it is revoked", async () => {
    const { credentials: accepted } = sandbox.adobe;
    accepted.addSecret("p8e-second");
    const ask = (client_secret: string) => post("/ims/token/v2", new URLSearchParams({ ...oauth, client_secret }));
    expect([(await ask("p8e-first")).status, (await ask("p8e-second")).status]).toEqual([200, 200]);
    accepted.revokeSecret("p8e-first");
    expect([(await ask("p8e-first")).status, (await ask("p8e-second")).status]).toEqual([401, 200]);
  });

  test("keeps secrets out of the recorded path", async () => {
    await post(`/ims/token/v2?${new URLSearchParams(oauth)}`, null);
    expect(JSON.stringify(await sandbox.look("requests"))).not.toContain(credentials.clientSecret);
  });
});

describe("JWT exchange", () => {
  test.each(["/ims/exchange/jwt", "/ims/exchange/jwt/"])("%s gives a token, its life in milliseconds", async (path) => {
    expect(await exchange(await jwt(), {}, path)).toEqual({
      status: 200,
      body: { access_token: expect.any(String), token_type: "bearer", expires_in: DAY_S * 1000 },
    });
  });

  test.each([
    ["another organisation", { iss: "OTHER@AdobeOrg" }],
    ["another technical account", { sub: "other@techacct.adobe.com" }],
    ["another audience", { aud: `${IMS}/c/other` }],
    ["no expiry", { exp: undefined }],
    ["an expiry in the past", { exp: Date.UTC(2026, 0, 5, 8, 59) / 1000 }],
    ["an expiry more than a day ahead", { exp: Date.UTC(2026, 0, 6, 9, 1) / 1000 }],
  ])("refuses a JWT for %s", async (_, claims) => {
    expect(await exchange(await jwt(claims))).toMatchObject({ status: 400, body: { error: "invalid_token" } });
  });

  test.each([undefined, false, "true"])("refuses a JWT whose metascope is %s", async (metascope) => {
    const token = await jwt({ [`${IMS}/s/ent_user_sdk`]: metascope });
    expect(await exchange(token)).toMatchObject({ status: 400, body: { error: "invalid_scope" } });
  });

  test("refuses a JWT signed with another key, and one that is none", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    expect(await exchange(await jwt({}, other))).toMatchObject({ status: 400, body: { error: "invalid_token" } });
    expect(await exchange("not.a.jwt")).toMatchObject({ status: 400, body: { error: "invalid_token" } });
  });

  test("refuses a wrong client secret", async () => {
    const refused = await exchange(await jwt(), { client_secret: "wrong" });
    expect(refused).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  test("accepts only the new key once it is rotated", async () => {
    const rotated = await createPrivateKeyPem();
    sandbox.adobe.credentials.rotatePrivateKey(rotated);
    expect((await exchange(await jwt())).status).toBe(400);
    expect((await exchange(await jwt({}, createPrivateKey(rotated)))).status).toBe(200);
    sandbox.adobe.credentials.rotatePrivateKey(credentials.privateKey);
  });
});
