import { expect, test } from "vitest";
import { joinerCurl } from "../../../infra/local/webhooks/joiner-curl.ts";
import { presetNames } from "../../../shared/webhooks/preset-names.ts";
import { keyOf, signed } from "../../support/signed-delivery.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);

test("The webhook that npm start prints is signed as Standard Webhooks says", () => {
  const source = sourceOf({ preset: "standard" });
  const keys = { [source.name]: keyOf("standard") };
  const command = joinerCurl("http://127.0.0.1:3000", new Map([[source.name, source]]), keys, now) ?? "";
  expect(command.split(" ", 2)).toEqual(["curl", `http://127.0.0.1:3000/v1/webhooks/${source.name}`]);
  const headers = Object.fromEntries(
    [...command.matchAll(/-H '([^:]+): ([^']*)'/g)].map(([, name, value]) => [name, value]),
  );
  const [, body = ""] = /-d '([^']*)'$/.exec(command) ?? [];
  expect(JSON.parse(body)).toMatchObject({ type: "person.joined" });
  expect(headers).toEqual(signed("standard", body, now, keyOf("standard"), headers["webhook-id"]).headers);
});

test.each(presetNames.filter((preset) => preset !== "standard"))("%s alone has no webhook to print", (preset) => {
  const source = sourceOf({ preset, company: "acme" });
  const sources = new Map([[source.name, source]]);
  expect(joinerCurl("http://127.0.0.1:3000", sources, { [source.name]: keyOf(preset) }, now)).toBeUndefined();
});
