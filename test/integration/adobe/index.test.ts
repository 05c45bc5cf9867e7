import { afterAll, beforeAll, expect, test } from "vitest";
import { adobeEndpoints, sandboxEndpoints } from "../../../infra/local/adobe/endpoints.ts";
import { RunningSandbox } from "./running-sandbox.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await RunningSandbox.start();
});
afterAll(() => sandbox.close());

test("GET / says what the sandbox is and what can be asked of it, and is not recorded", async () => {
  for (const path of ["/", "/?pretty"]) {
    const response = await fetch(sandbox.url + path);
    expect([response.status, await response.json()]).toEqual([
      200,
      { server: "umapi-workers Adobe sandbox", endpoints: [...adobeEndpoints, ...sandboxEndpoints] },
    ]);
  }
  expect(await sandbox.look("requests")).toEqual([]);
});

test.each([...adobeEndpoints, ...sandboxEndpoints])("%s, which it names, is there", async (endpoint) => {
  const [method = "", path = ""] = endpoint.split(" ");
  const url =
    sandbox.url +
    path
      .replace("{orgId}", "1@AdobeOrg")
      .replace("{page}", "0")
      .replace(/\{\w+\}/, "x");
  const response = await fetch(url, { method, headers: { ...sandbox.headers, "content-type": "application/json" } });
  expect(await response.text()).not.toMatch(/Resource not found|No such endpoint/);
});

test.each(["POST /", "GET /v1", "GET /index.html"])(
  "%s, which Adobe does not have either, is 404",
  async (endpoint) => {
    const [method = "", path = ""] = endpoint.split(" ");
    expect((await fetch(sandbox.url + path, { method })).status).toBe(404);
  },
);
