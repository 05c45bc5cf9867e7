import { createSign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import samples from "../../fixtures/walkthrough.json" with { type: "json" };
import { credentials, RunningSandbox, START } from "./running-sandbox.ts";

const { orgId, clientId, clientSecret, technicalAccountId, privateKey } = credentials;
let sandbox: RunningSandbox;
beforeEach(async () => {
  sandbox = await RunningSandbox.start();
});
afterEach(() => sandbox.close());

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWT as the walkthrough's JWTExchange.py makes one, by hand. */
function signedJwt(): string {
  const ims = "https://ims-na1.adobelogin.com";
  const claims = {
    exp: START / 1000 + 24 * 60 * 60,
    iss: orgId,
    sub: technicalAccountId,
    aud: `${ims}/c/${clientId}`,
    [`${ims}/s/ent_user_sdk`]: true,
  };
  const content = `${base64url({ alg: "RS256", typ: "JWT" })}.${base64url(claims)}`;
  return `${content}.${createSign("RSA-SHA256").update(content).sign(privateKey, "base64url")}`;
}

async function exchange(path: string, fields: Record<string, string>): Promise<string> {
  const response = await fetch(sandbox.url + path, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "Cache-Control": "no-cache" },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }).toString(),
  });
  expect(response.status).toBe(200);
  const { access_token } = JSON.parse(await response.text());
  return String(access_token);
}

describe.each([
  ["a JWT", () => exchange("/ims/exchange/jwt", { jwt_token: signedJwt() })],
  [
    "OAuth",
    () =>
      exchange("/ims/token/v2", {
        grant_type: "client_credentials",
        scope: "openid,AdobeID,user_management_sdk",
      }),
  ],
])("the walkthrough's client, by %s", (_, accessToken) => {
  test("gets a token, posts each sample, and reads groups, users and the users of a group", async () => {
    const headers = {
      "Content-type": "application/json",
      Accept: "application/json",
      "x-api-key": clientId,
      Authorization: `Bearer ${await accessToken()}`,
    };
    const call = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const response = await fetch(`${sandbox.url}/v2/usermanagement/${path}`, { headers, ...init });
      expect(response.status).toBe(200);
      return response.json();
    };
    for (const commands of Object.values(samples)) {
      const body = JSON.stringify(commands);
      expect(await call(`action/${orgId}`, { method: "POST", body })).toMatchObject({ result: "success" });
    }
    expect(await call(`groups/${orgId}/0`)).toMatchObject({
      lastPage: true,
      result: "success",
      groups: expect.arrayContaining([expect.objectContaining({ groupName: "TestGroup1", memberCount: 1 })]),
    });
    expect(await call(`users/${orgId}/0`)).toMatchObject({
      lastPage: true,
      result: "success",
      users: expect.arrayContaining([expect.objectContaining({ email: "jane.roe@example.com" })]),
    });
    expect(await call(`users/${orgId}/0/TestGroup1`)).toMatchObject({
      groupName: "TestGroup1",
      users: [{ email: "carla.coe@example.com", type: "enterpriseID", status: "active" }],
    });
  });
});
