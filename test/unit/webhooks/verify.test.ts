import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Posted } from "../../../shared/webhooks/posted.ts";
import { presetNames } from "../../../shared/webhooks/preset-names.ts";
import { decoyKey, type Keys, verify } from "../../../shared/webhooks/verify.ts";
import { keyOf, plainKey, signed } from "../../support/signed-delivery.ts";
import { sourceOf } from "../../support/webhook-source.ts";

const now = Date.UTC(2026, 10, 26, 12);
const minute = 60_000;
const body = '{"type":"employee.created","data":{"employeeId":"7"}}';
const noTokens = () => {
  throw new Error("no tokens here");
};
const keys = (...secrets: readonly string[]): Keys => ({ secrets, findKeys: noTokens });
const refused = { kind: "refused" };

describe.each(presetNames)("A delivery signed as %s signs", (preset) => {
  const source = sourceOf({ preset, company: "acme" });
  const posted = signed(preset, body, now);

  test("is accepted, also while its key is being replaced", async () => {
    for (const its of [[keyOf(preset)], ["another", keyOf(preset)], [keyOf(preset), "another"]])
      expect(await verify(source, keys(...its), posted, now)).toEqual({ kind: "accepted" });
  });

  test("is refused with another key, without any, and at an unknown source", async () => {
    expect(await verify(source, keys("another"), posted, now)).toEqual(refused);
    expect(await verify(source, keys(), posted, now)).toEqual(refused);
    expect(await verify(undefined, keys(keyOf(preset)), posted, now)).toEqual(refused);
  });

  test("is refused if any one byte of it is another", async () => {
    for (const changed of changes(posted))
      expect(await verify(source, keys(keyOf(preset)), changed, now), JSON.stringify(changed.headers)).toEqual(refused);
  });

  test("is refused if a header that it needs is missing", async () => {
    for (const name of Object.keys(posted.headers).filter((each) => each !== "content-type")) {
      const without = { ...posted, headers: { ...posted.headers, [name]: undefined } };
      expect(await verify(source, keys(keyOf(preset)), without, now)).toEqual(refused);
    }
  });
});

test.each(["standard", "finch", "bamboohr"] as const)("A delivery of %s is taken for five minutes", async (preset) => {
  const source = sourceOf({ preset, company: "acme" });
  const at = async (time: number) => (await verify(source, keys(keyOf(preset)), signed(preset, body, now), time)).kind;
  expect([await at(now + 5 * minute), await at(now - 5 * minute)]).toEqual(["accepted", "accepted"]);
  expect([await at(now + 5 * minute + 1000), await at(now - 5 * minute - 1000)]).toEqual(["refused", "refused"]);
});

test.each(["Ping test", '"Ping test"', '{"text":"Ping test"}', '{ "text" : "Ping test" }'])(
  "HiBob's greeting %s is answered before the source has a key, and signed after it",
  async (ping) => {
    const source = sourceOf({ preset: "hibob" });
    const unsigned = { method: "POST", headers: {}, body: Buffer.from(ping) };
    expect(await verify(source, keys(), unsigned, now)).toEqual({ kind: "ping" });
    expect(await verify(source, keys(plainKey), unsigned, now)).toEqual(refused);
    expect(await verify(source, keys(plainKey), signed("hibob", ping, now), now)).toEqual({ kind: "ping" });
    expect(await verify(sourceOf({ preset: "standard" }), keys(), unsigned, now)).toEqual(refused);
  },
);

test("Gusto's token is offered only while the source has no key", async () => {
  const source = sourceOf({ preset: "gusto" });
  const offer = { verification_token: "a-token-of-gusto", webhook_subscription_uuid: "1" };
  const unsigned = { method: "POST", headers: {}, body: Buffer.from(JSON.stringify(offer)) };
  expect(await verify(source, keys(), unsigned, now)).toEqual({ kind: "set-up", token: "a-token-of-gusto" });
  expect(await verify(source, keys(plainKey), unsigned, now)).toEqual(refused);
  for (const other of ["", "[]", '{"verification_token":7}', '{"verification_token":"a b c d e f"}'])
    expect(await verify(source, keys(), { ...unsigned, body: Buffer.from(other) }, now)).toEqual(refused);
});

test.each([
  ["standard", "webhook-timestamp"],
  ["bamboohr", "x-bamboohr-timestamp"],
] as const)(
  "A timestamp of %s with zeros before it is refused, though what is signed is the same",
  async (preset, header) => {
    // A form may end with a digit.
    const form = "data[employeeId]=70";
    const posted = signed(preset, form, now);
    const longer = { ...posted.headers, [header]: `0${posted.headers[header]}` };
    const shifted = { ...posted, headers: longer, body: Buffer.from(form.slice(0, -1)) };
    const source = sourceOf({ preset, company: "acme" });
    expect(await verify(source, keys(keyOf(preset)), posted, now)).toEqual({ kind: "accepted" });
    expect(await verify(source, keys(keyOf(preset)), shifted, now)).toEqual(refused);
  },
);

test.each([...presetNames])("The key that is tried in place of %s's is worked with like any other", async (preset) => {
  const source = sourceOf({ preset, company: "acme" });
  const posted = signed(preset, body, now, decoyKey);
  expect(await verify(source, keys(decoyKey), posted, now)).toEqual({ kind: "accepted" });
  expect(await verify(source, keys(), posted, now)).toEqual(refused);
  expect(await verify(undefined, keys(), posted, now)).toEqual(refused);
});

test.each(["", "!", "whsec_", "whsec_!!!!", `whsec_${Buffer.from("short").toString("base64")}`])(
  "The key %s, which anybody could guess, proves nothing",
  async (key) => {
    const source = sourceOf({ preset: "standard" });
    const posted = signed("standard", body, now);
    const message = `msg_1.${now / 1000}.${body}`;
    const signature = createHmac("sha256", Buffer.from(key.replace(/^whsec_/, ""), "base64"))
      .update(message)
      .digest("base64");
    const forged = { ...posted, headers: { ...posted.headers, "webhook-signature": `v1,${signature}` } };
    expect(await verify(source, keys(key), forged, now)).toEqual(refused);
  },
);

/** The delivery with each byte of its body and of each header that is signed or signs changed. */
function* changes(posted: Posted): Generator<Posted> {
  for (const body of changedBytes(posted.body)) yield { ...posted, body };
  for (const [name, value = ""] of Object.entries(posted.headers)) {
    if (name === "content-type") continue;
    for (const changed of changedBytes(Buffer.from(value)))
      yield { ...posted, headers: { ...posted.headers, [name]: changed.toString("latin1") } };
  }
}

function* changedBytes(bytes: Uint8Array): Generator<Buffer> {
  for (const [at, byte] of bytes.entries())
    for (const other of [byte ^ 0x20, byte ^ 1, byte ^ 0x10]) {
      const changed = Buffer.from(bytes);
      changed[at] = other;
      yield changed;
    }
}
