import { expect, test } from "vitest";
import { mapRecord } from "../../../shared/webhooks/mapping.ts";
import { sourceOf } from "../../support/webhook-source.ts";

test.each([
  ["an endless loop", "($f := function($x) { $f($x) }; $f(payload.name))"],
  ["a huge list", "[1..9999].([1..9999])"],
  ["a pattern that never ends", '$match(payload.name & "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /(a+)+$/)'],
  ["a replacement that never ends", '$replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /(a|aa)+$/, payload.name)'],
  ["a split that never ends", '$split("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!", /(x+x+)+y/)'],
])("A mapping with %s is ended after a second, and quotes nothing of what it reads", async (_, mapping) => {
  const source = sourceOf({ preset: "standard", mapping });
  const input = { id: "7", payload: { name: "Jane Roe" }, record: undefined, previous: undefined, now: 0 };
  const result = await mapRecord(source, input);
  expect(result.kind).toBe("failed");
  expect(JSON.stringify(result)).not.toContain("Jane");
});
