/** The configuration of webhook sources: the file behind the context key `umapi:webhooks` and the prop `webhookSources`. */
import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";
import { presetNames } from "./preset-names.ts";

/** The name of a source, which is part of its URL. */
export const sourceName = matching(
  /^[a-z0-9][a-z0-9-]{0,31}$/,
  "a name of 1 to 32 lower-case letters, digits and hyphens, no hyphen first",
);

const header = matching(/^[A-Za-z0-9-]{1,64}$/, "the name of a header, such as X-Acme-Signature");
const text = filled("a string that is not empty");
const flag = z.boolean("true or false");

/** A JSONata expression, or its lines. */
const expression = z.pipe(
  z.union(
    [filled(""), z.array(z.string()).check(z.minLength(1))],
    "a JSONata expression, as a string or as a list of its lines",
  ),
  z.transform((lines) => [lines].flat().join("\n")),
);

const httpsUrl = (placeholders: string) =>
  z
    .string(`an https URL${placeholders}`)
    .check(z.refine(isHttps, `an https URL${placeholders}, without a user, a password or a fragment`));

/** How a sender signs: an HMAC in a header. */
const signature = z.strictObject({
  /** Holds one signature, or several with spaces between them. */
  header,
  /** What stands before each signature, such as `v1,` or `sha256=`. */
  prefix: z.exactOptional(text),
  digest: z.enum(["sha256", "sha512"], "sha256 or sha512"),
  encoding: z.enum(["hex", "base64", "base64url"], "hex, base64 or base64url"),
  /** What is signed, with the places {method}, {id}, {timestamp} and {body}, for example `{id}.{timestamp}.{body}`. */
  signed: z.string('a text such as "{timestamp}.{body}"'),
  /** The header whose value is {id}, the id of the delivery. */
  idHeader: z.exactOptional(header),
  /** The header whose value is {timestamp}: Unix seconds, or RFC 3339. */
  timestampHeader: z.exactOptional(header),
  /** How far the timestamp may be from now, in seconds. 300 if absent. */
  toleranceSeconds: z.exactOptional(
    z
      .int("a whole number of seconds, 1 to 3600")
      .check(z.minimum(1, "at least 1 second"), z.maximum(3600, "at most 3600 seconds")),
  ),
  /** How the key is written: `base64` (a `whsec_` before it is dropped), or `text` (its UTF-8 bytes). `text` if absent. */
  key: z.exactOptional(z.enum(["text", "base64"], "text or base64")),
});

/** A sender that shows a token (JWT) in `Authorization: Bearer`. */
const bearer = z.strictObject({
  issuer: text,
  audience: text,
  /** Where the issuer's public keys are. */
  jwks: httpsUrl(" of the issuer's keys"),
});

/** How the record that a delivery names is read: one request to one host. */
const record = z.strictObject({
  /** With {id} where the record's id stands, percent-encoded. */
  url: httpsUrl(" with {id} where the record's id stands"),
  /** How our user is proven. The secret has its values. */
  auth: z.union(
    [
      z.enum(["basic", "bearer"]),
      z.strictObject({ tokenUrl: httpsUrl(" that issues tokens"), scope: z.exactOptional(text) }),
    ],
    'basic, bearer, or {"tokenUrl", "scope"} for OAuth client credentials',
  ),
  /** Headers besides, which are not secret. `Accept` is `application/json` if absent. */
  headers: z.exactOptional(z.record(header, text)),
  /** JSON to POST, for HR systems that read so, with {id} in a string where the record's id stands. A GET if absent. */
  body: z.exactOptional(z.record(z.string(), z.unknown(), "an object")),
});

const source = z.strictObject({
  preset: z.exactOptional(z.enum(presetNames, `one of ${presetNames.join(", ")}`)),
  signature: z.exactOptional(signature),
  bearer: z.exactOptional(bearer),
  /** For {company} in the URL of a preset's records. */
  company: z.exactOptional(matching(/^[a-z0-9][a-z0-9-]{0,62}$/i, "the company's part of the host name, such as acme")),
  /** The id of a delivery, where a payload has it. */
  deliveryId: z.exactOptional(expression),
  /** The ids of the records that a payload names: an id, `{"id", "payload"}` with the part that is about it, or a list. */
  records: z.exactOptional(expression),
  /** How a record is read. The preset's way if absent. */
  record: z.exactOptional(record),
  /** False where the payload itself has all that the mapping needs, so that no record is read. */
  readRecord: z.exactOptional(flag),
  /** The name of a ready mapping, or an expression: what becomes of a record. */
  mapping: z.exactOptional(expression),
  /** What the mapping reads as `values`: whatever differs from one company to the next. */
  values: z.exactOptional(z.record(z.string(), z.unknown(), "an object")),
  /** A source on trial: Adobe checks its commands and changes nothing. */
  testOnly: z.exactOptional(flag),
  /** The source is said to be silent after this time without a delivery: a number and m, h or d. */
  expectEvery: z.exactOptional(matching(/^[1-9]\d{0,2}[mhd]$/, "a number and m, h or d, such as 36h")),
});

export const configurationSchema = z.strictObject({
  $schema: z.exactOptional(z.string()),
  sources: z.record(sourceName, source, "an object with a member for each source"),
});

export type Configuration = Read<typeof configurationSchema>;
export type SourceConfiguration = Read<typeof source>;
/** How a sender signs. */
export type SignatureRules = Read<typeof signature>;
/** Whose tokens a sender shows. */
export type BearerRules = Read<typeof bearer>;
/** How a record is read. */
export type RecordRequest = Read<typeof record>;

function matching(pattern: RegExp, expected: string) {
  return z.string(expected).check(z.regex(pattern, expected));
}

function filled(expected: string) {
  return z.string(expected).check(z.minLength(1, expected));
}

function isHttps(template: string): boolean {
  const url = template.replaceAll(/\{(id|company)\}/g, "x");
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hash } = new URL(url);
  const host = template.split("/")[2] ?? "";
  return protocol === "https:" && username === "" && password === "" && hash === "" && !host.includes("{id}");
}
