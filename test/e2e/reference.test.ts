import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createPerson } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";
import { sendRaw } from "../support/raw-http.ts";

const { ports } = await runLocalStack();
const origin = `http://127.0.0.1:${ports.api}`;
const get = async (path: string) => {
  const response = await fetch(new URL(path, origin));
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const description = readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8");

test("The API answers its own description", async () => {
  const { status, headers, text } = await get("/v1/openapi.json");
  expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(JSON.parse(text)).toEqual(JSON.parse(description));
});

test("The reference page loads only what this server answers, and the API's description", async () => {
  const { status, headers, text } = await get("/_local/reference");
  expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/);
  const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
  expect(loaded.length).toBe(4);
  for (const path of loaded) {
    expect(path).toMatch(/^\/_local\/reference\//);
    const asset = await get(path);
    expect([path, asset.status, asset.headers.get("content-type")]).toEqual([path, 200, typeOf(path)]);
    expect(asset.text.length).toBeGreaterThan(50);
    if (path.endsWith(".css")) expect(asset.text).not.toMatch(/url\(["']?https?:|@import/);
    if (path.endsWith("start.js")) expect(asset.text).toContain('url: "/v1/openapi.json"');
  }
});

function typeOf(path: string): string {
  if (path.endsWith(".css")) return "text/css; charset=utf-8";
  return path.endsWith(".js") ? "text/javascript; charset=utf-8" : "image/png";
}

test("The page may try the API out", async () => {
  const response = await fetch(`${origin}/v1/operations?testOnly=true`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, "sec-fetch-site": "same-origin" },
    body: JSON.stringify(createPerson("try.out@example.com")),
  });
  expect(response.status).toBe(202);
});

test.each([
  "/_local/reference/",
  "/_local/reference/index.html",
  "/_local/reference/../package.json",
  "/_local/reference/%2e%2e/package.json",
  "/_local/reference/__proto__",
  "/_local/referenced",
  "/_local",
])("Nothing else is below it: %s", async (path) => {
  const { status } = await sendRaw(ports.api, [`GET ${path} HTTP/1.1`, "Host: 127.0.0.1", "Connection: close"], "");
  expect(status).toBe(404);
});

test.each([
  ["under another name of this machine", ["Host: evil.example"]],
  ["in a page of another origin", ["Host: 127.0.0.1", "Origin: https://evil.example"]],
  ["in a frame of another site", ["Host: 127.0.0.1", "Sec-Fetch-Site: cross-site"]],
])("It is not shown %s", async (_, headers) => {
  for (const path of ["/_local/reference", "/_local/reference/start.js", "/v1/openapi.json"]) {
    const line = `GET ${path} HTTP/1.1`;
    expect((await sendRaw(ports.api, [line, ...headers, "Connection: close"], "")).status).toBe(403);
  }
});
