import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { PresetName } from "../../shared/webhooks/preset-names.ts";

/** A key as each sender issues it. */
const standardKey = `whsec_${Buffer.from("a key of thirty-two bytes, really").toString("base64")}`;
export const plainKey = "7f9c1d0a-plain-key";

/** Signs by each sender's own documentation, and knows nothing of our rules. */
type Signer = (body: Buffer, seconds: number, key: string, id: string) => Readonly<Record<string, string>>;

const signers: Readonly<Record<PresetName, Signer>> = {
  standard: (body, seconds, key, id) => standard("webhook", body, seconds, key, id),
  finch: (body, seconds, key, id) => {
    const { "finch-id": eventId = "", ...others } = standard("finch", body, seconds, key, id);
    return { ...others, "finch-event-id": eventId };
  },
  bamboohr: (body, seconds, key) => ({
    "x-bamboohr-timestamp": String(seconds),
    "x-bamboohr-signature": createHmac("sha256", key).update(body).update(String(seconds)).digest("hex"),
  }),
  hibob: (body, _, key) => ({ "bob-signature": createHmac("sha512", key).update(body).digest("base64") }),
  gusto: (body, _, key) => ({ "x-gusto-signature": createHmac("sha256", key).update(body).digest("hex") }),
};

function standard(prefix: string, body: Buffer, seconds: number, key: string, id: string): Record<string, string> {
  const signature = new Webhook(key).sign(id, new Date(seconds * 1000), body.toString("utf8"));
  return { [`${prefix}-id`]: id, [`${prefix}-timestamp`]: String(seconds), [`${prefix}-signature`]: signature };
}

export function keyOf(preset: PresetName): string {
  return preset === "standard" || preset === "finch" ? standardKey : plainKey;
}

/**
 * @param now milliseconds since the epoch
 * @param id of the delivery, where the sender gives one
 */
export function signed(preset: PresetName, text: string, now: number, key = keyOf(preset), id = "msg_1") {
  const body = Buffer.from(text);
  const signature = signers[preset](body, Math.floor(now / 1000), key, id);
  const headers: Readonly<Record<string, string>> = { "content-type": "application/json", ...signature };
  return { method: "POST", headers, body };
}
