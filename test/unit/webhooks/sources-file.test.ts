import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { sourcesIn } from "../../../infra/sources-file.ts";
import { sharedFolder } from "../../support/folders.ts";

const { at, write: file } = sharedFolder();

test("The sources of a file have the mappings that stand in files beside it", () => {
  mkdirSync(at("mappings"));
  file("mappings/people.jsonata", "payload");
  const own = { preset: "hibob", mapping: { file: "mappings/people.jsonata" } };
  const path = file("webhooks.json", JSON.stringify({ $schema: "x", sources: { own, other: { preset: "gusto" } } }));
  expect(sourcesIn(path)).toEqual({ own: { preset: "hibob", mapping: "payload" }, other: { preset: "gusto" } });
});

test.each([
  ["that is not there", at("none.json"), /none\.json cannot be read: ENOENT/],
  ["that is not JSON", file("broken.json", "{"), /broken\.json is not JSON/],
  ["without sources", file("empty.json", "{}"), /empty\.json has no sources/],
  [
    "whose mapping is not there",
    file("lost.json", '{"sources":{"a":{"mapping":{"file":"lost.jsonata"}}}}'),
    /lost\.jsonata cannot be read: ENOENT/,
  ],
])("A file %s is refused in a sentence", (_, path, message) => {
  expect(() => sourcesIn(path)).toThrow(message);
});
