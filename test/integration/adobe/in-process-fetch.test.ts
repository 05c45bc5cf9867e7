import { beforeEach, expect, test } from "vitest";
import { type Adobe, createAdobe } from "../../../infra/local/adobe/adobe.ts";
import { adobeFetch } from "../../../infra/local/adobe/in-process-fetch.ts";
import { credentials, enterprise, START } from "./running-sandbox.ts";

const URL = `https://usermanagement.adobe.io/v2/usermanagement/action/${credentials.orgId}`;

let adobe: Adobe;
let seen: (number | null)[];
beforeEach(() => {
  seen = [];
  const rate = { requests: 10, seconds: 60 };
  adobe = createAdobe({
    now: () => START,
    credentials,
    rate,
    random: () => 0.5,
    onRequest: ({ status }) => seen.push(status),
  });
});

function act(init: RequestInit = {}): Promise<Response> {
  return adobeFetch(adobe)(URL, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${adobe.credentials.issueToken(START)}`,
      "X-Api-Key": credentials.clientId,
      "Content-Type": "application/json",
    },
    body: JSON.stringify([enterprise("ada@example.com")]),
    ...init,
  });
}

const fault = (entry: object) =>
  adobeFetch(adobe)("http://sandbox/_sandbox/faults", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify([entry]),
  });

test("an answer is a Response", async () => {
  const response = await act();
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json;charset=UTF-8"]);
  expect(await response.json()).toMatchObject({ result: "success", completed: 1 });
  expect(seen).toEqual([200]);
});

test("a cut connection is what fetch makes of one", async () => {
  await fault({ on: "action", effect: "reset" });
  await expect(act()).rejects.toMatchObject({
    name: "TypeError",
    message: "fetch failed",
    cause: { code: "ECONNRESET" },
  });
  expect(seen).toEqual([null]);
});

test("a call left hanging ends with the signal's reason", async () => {
  await fault({ on: "action", effect: "hang" });
  const giveUp = new AbortController();
  const refused = expect(act({ signal: giveUp.signal })).rejects.toThrow("enough");
  await new Promise((resolve) => setImmediate(resolve));
  giveUp.abort(new Error("enough"));
  await refused;
});

test("a call whose signal has ended already is not made", async () => {
  await expect(act({ signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow("too late");
  expect(seen).toEqual([]);
});

test("a token comes for a form", async () => {
  const response = await adobeFetch(adobe)("https://ims-na1.adobelogin.com/ims/token/v2", {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      scope: "openid,AdobeID,user_management_sdk",
    }),
  });
  expect(await response.json()).toMatchObject({ token_type: "bearer", expires_in: 86_400 });
});
