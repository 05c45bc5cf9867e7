import { createHmac, timingSafeEqual } from "node:crypto";
import type { SignatureRules } from "./configuration.ts";
import { headerOf, type Posted } from "./posted.ts";

/** As many signatures of one delivery are looked at; a sender that changes its key sends two. */
const maxSignatures = 10;
const defaultToleranceSeconds = 300;
/** Standard Webhooks asks for 24. What is not Base64 at all decodes to next to nothing, which anybody could guess. */
const leastKeyBytes = 16;

/**
 * Whether one of the keys signed the delivery and its timestamp is near. The comparison takes the same time for right
 * and wrong signatures. A signature is compared as text: its other spellings are refused.
 *
 * @param now milliseconds since the epoch
 */
export function isSigned(rules: SignatureRules, keys: readonly string[], posted: Posted, now: number): boolean {
  const given = (headerOf(posted, rules.header) ?? "").split(" ", maxSignatures);
  const id = headerOf(posted, rules.idHeader) ?? "";
  const timestamp = headerOf(posted, rules.timestampHeader) ?? "";
  const message = messageOf(rules.signed, posted, id, timestamp);
  let signed = false;
  for (const key of keys) {
    if (rules.key === "base64" && decoded(key).length < leastKeyBytes) continue;
    const expected = (rules.prefix ?? "") + signatureOf(rules, key, message);
    for (const each of given) signed = isSame(expected, each) || signed;
  }
  const hasId = rules.idHeader === undefined || id !== "";
  return signed && hasId && isNear(rules, timestamp, now);
}

/** The signature that a key gives to a message, without its prefix. */
export function signatureOf(
  { digest, encoding, key: written }: SignatureRules,
  key: string,
  message: Uint8Array,
): string {
  return createHmac(digest, written === "base64" ? decoded(key) : Buffer.from(key))
    .update(message)
    .digest(encoding);
}

/** What is signed: the template with its places filled in. */
export function messageOf(template: string, { method, body }: Posted, id: string, timestamp: string): Uint8Array {
  const values: Readonly<Record<string, string | Uint8Array>> = { method, id, timestamp, body };
  const parts = template.split(/\{(method|id|timestamp|body)\}/);
  return Buffer.concat(parts.map((part, index) => Buffer.from(index % 2 === 0 ? part : (values[part] ?? ""))));
}

const decoded = (key: string) => Buffer.from(key.replace(/^whsec_/, ""), "base64");

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return timingSafeEqual(one, other.length === one.length ? other : Buffer.alloc(one.length));
}

function isNear({ timestampHeader, toleranceSeconds }: SignatureRules, timestamp: string, now: number): boolean {
  if (timestampHeader === undefined) return true;
  return Math.abs(now - timeOf(timestamp)) <= (toleranceSeconds ?? defaultToleranceSeconds) * 1000;
}

/** Milliseconds since the epoch, from Unix seconds or RFC 3339; NaN for anything else. */
function timeOf(timestamp: string): number {
  // With zeros before it, a digit could go over from the end of the body, and the signature would be the same.
  if (/^[1-9]\d{0,10}$/.test(timestamp)) return Number(timestamp) * 1000;
  return /^\d{4}-\d\d-\d\dT/.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
}
