import { randomBytes } from "node:crypto";
import { isObject } from "../umapi/unchecked.ts";
import { type FindKeys, judgeToken } from "./bearer.ts";
import { payloadOf } from "./payload.ts";
import type { Posted } from "./posted.ts";
import { presets } from "./presets.ts";
import { isSigned } from "./signature.ts";
import type { Source } from "./source.ts";

/** What proves senders. */
export interface Keys {
  /** The source's keys of the secret, each of which may sign. Empty while it is set up. */
  readonly secrets: readonly string[];
  readonly findKeys: FindKeys;
}

export type Verification =
  | { readonly kind: "accepted" }
  /** A greeting that wants 200 by HiBob's docs, and nothing else. */
  | { readonly kind: "ping" }
  /** The sender offers the key with which it will sign. Nothing proves who it is: a person must look at it. */
  | { readonly kind: "set-up"; readonly token: string }
  /** The public keys cannot be had now: the sender must repeat it. */
  | { readonly kind: "unavailable" }
  | { readonly kind: "refused" };

const decoy = { kind: "signature", rules: presets.standard.signature } as const;
/** Tried where there is no key. Long enough for every rule: a key that is passed over would cost less time. */
export const decoyKey = randomBytes(32).toString("base64");

/**
 * Judges who sent a delivery, over its raw bytes and in constant time. An unknown source, a wrong signature and an old
 * timestamp give the same verdict after the same work.
 *
 * @param source undefined if the path names none that is known
 * @param now milliseconds since the epoch
 */
export async function verify(
  source: Source | undefined,
  keys: Keys,
  posted: Posted,
  now: number,
): Promise<Verification> {
  const { kind, rules } = source?.proof ?? decoy;
  if (kind === "bearer") {
    const judged = await judgeToken(rules, keys.findKeys, posted.headers["authorization"], now);
    return { kind: judged };
  }
  const secrets = source === undefined || keys.secrets.length === 0 ? [decoyKey] : keys.secrets;
  const signed = isSigned(rules, secrets, posted, now);
  if (source === undefined) return { kind: "refused" };
  if (keys.secrets.length === 0)
    return (source.setUp && setUpVerification(source.setUp, posted)) ?? { kind: "refused" };
  if (!signed) return { kind: "refused" };
  return source.setUp === "ping" && isPing(posted) ? { kind: "ping" } : { kind: "accepted" };
}

function setUpVerification(setUp: NonNullable<Source["setUp"]>, posted: Posted): Verification | undefined {
  if (setUp === "ping") return isPing(posted) ? { kind: "ping" } : undefined;
  const read = payloadOf(posted);
  const body = read.ok && isObject(read.payload) ? read.payload : {};
  const token = body["verification_token"];
  const isToken = typeof token === "string" && /^[\x21-\x7e]{8,500}$/.test(token);
  return isToken ? { kind: "set-up", token } : undefined;
}

/** Source: HiBob docs, "Working with webhooks": the text, or an object with it. */
function isPing({ body }: Posted): boolean {
  return /^\s*("?Ping test"?|\{\s*"text"\s*:\s*"Ping test"\s*\})\s*$/.test(Buffer.from(body).toString("utf8"));
}
