import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { mappingsPage } from "../../../infra/docs/webhooks/mappings-page.ts";
import { webhooksSchema } from "../../../infra/docs/webhooks/schema.ts";
import { readConfiguration } from "../../../shared/webhooks/read-configuration.ts";
import { readySources } from "../../../shared/webhooks/ready-sources.ts";

const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), "utf8");
const accepts = new Ajv({ strict: true }).compile(JSON.parse(page("webhooks.schema.json")));

test("docs/webhooks.schema.json and docs/mappings.md are as the code says; after a change, run npm run docs", () => {
  expect(page("webhooks.schema.json")).toBe(webhooksSchema());
  expect(page("mappings.md")).toBe(mappingsPage());
});

test("Editors take what the service takes", () => {
  const own = {
    signature: { header: "X-Acme", digest: "sha512", encoding: "base64url", signed: "{body}", key: "base64" },
    records: ["data", ".id"],
    record: { url: "https://hr.example.com/{id}", auth: { tokenUrl: "https://hr.example.com/token" } },
    mapping: { file: "people.jsonata" },
    values: { groups: ["A"] },
    expectEvery: "2d",
  };
  for (const json of [readySources, { $schema: "webhooks.schema.json", sources: { own } }])
    expect(accepts(json), JSON.stringify(accepts.errors)).toBe(true);
  expect(readConfiguration(readySources)).toMatchObject({ ok: true });
});

test.each([
  { sources: { Own: {} } },
  { sources: { own: { preset: "workday" } } },
  { sources: { own: { preset: "hibob", mapings: "" } } },
  { sources: { own: { preset: "hibob", expectEvery: "soon" } } },
  {},
])("Editors refuse %j, as the service does", (json) => {
  expect(accepts(json)).toBe(false);
  expect(readConfiguration(json).ok).toBe(false);
});
