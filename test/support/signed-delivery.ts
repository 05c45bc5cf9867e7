import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Posted } from "../../shared/webhooks/posted.ts";
import type { PresetName } from "../../shared/webhooks/preset-names.ts";

/** A key as each sender issues it. */
const standardKey = `whsec_${Buffer.from("a key of thirty-two bytes, really").toString("base64")}`;
export const plainKey = "7f9c1d0a-plain-key";

/** Signs by each sender's own documentation, and knows nothing of our rules. */
type Signer = (body: Buffer, seconds: number) => Readonly<Record<string, string>>;

const signers: Readonly<Record<PresetName, Signer>> = {
  standard: (body, seconds) => standard("webhook", body, seconds),
  finch: (body, seconds) => {
    const { "finch-id": id = "", ...others } = standard("finch", body, seconds);
    return { ...others, "finch-event-id": id };
  },
  bamboohr: (body, seconds) => ({
    "x-bamboohr-timestamp": String(seconds),
    "x-bamboohr-signature": createHmac("sha256", plainKey).update(body).update(String(seconds)).digest("hex"),
  }),
  hibob: (body) => ({ "bob-signature": createHmac("sha512", plainKey).update(body).digest("base64") }),
  gusto: (body) => ({ "x-gusto-signature": createHmac("sha256", plainKey).update(body).digest("hex") }),
};

function standard(prefix: string, body: Buffer, seconds: number): Record<string, string> {
  const signature = new Webhook(standardKey).sign("msg_1", new Date(seconds * 1000), body.toString("utf8"));
  return { [`${prefix}-id`]: "msg_1", [`${prefix}-timestamp`]: String(seconds), [`${prefix}-signature`]: signature };
}

export function keyOf(preset: PresetName): string {
  return preset === "standard" || preset === "finch" ? standardKey : plainKey;
}

/** @param now milliseconds since the epoch */
export function signed(preset: PresetName, text: string, now: number): Posted {
  const body = Buffer.from(text);
  const headers = { "content-type": "application/json", ...signers[preset](body, Math.floor(now / 1000)) };
  return { method: "POST", headers, body };
}
