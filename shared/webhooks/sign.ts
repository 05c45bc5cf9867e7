import type { Posted } from "./posted.ts";
import { messageOf, signatureOf } from "./signature.ts";
import type { Source } from "./source.ts";

interface Signed extends Posted {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Signs a body as the HR system of a source does, for trials.
 *
 * @param key the key of its secret, or the token that it shows
 * @param id of the delivery
 * @param now milliseconds since the epoch
 */
export function signed({ proof }: Source, key: string, body: Uint8Array, id: string, now: number): Signed {
  const method = "POST";
  const type = { "content-type": "application/json" };
  if (proof.kind === "bearer") return { method, headers: { ...type, authorization: `Bearer ${key}` }, body };
  const { rules } = proof;
  const timestamp = String(Math.floor(now / 1000));
  const message = messageOf(rules.signed, { method, headers: {}, body }, id, timestamp);
  const headers = {
    ...type,
    [rules.header.toLowerCase()]: (rules.prefix ?? "") + signatureOf(rules, key, message),
    ...(rules.idHeader !== undefined && { [rules.idHeader.toLowerCase()]: id }),
    ...(rules.timestampHeader !== undefined && { [rules.timestampHeader.toLowerCase()]: timestamp }),
  };
  return { method, headers, body };
}
