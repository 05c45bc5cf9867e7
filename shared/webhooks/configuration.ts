/** The configuration of webhook sources: the file behind the context key `umapi:webhooks` and the prop `webhookSources`. */
import * as z from "zod/mini";
import { sourceNamePattern } from "../api/delivery.ts";
import type { Read } from "../schema/read.ts";
import { presetNames } from "./preset-names.ts";

export const sourceName = matching(
  sourceNamePattern,
  "a name of 1 to 32 lower-case letters, digits and hyphens, no hyphen first",
);

const header = matching(/^[A-Za-z0-9-]{1,64}$/, "the name of a header, such as X-Acme-Signature");
const text = filled("a string that is not empty");
const flag = z.boolean("true or false");

const lines = z.union(
  [filled(""), z.array(z.string()).check(z.minLength(1))],
  "a JSONata expression, as a string or as a list of its lines",
);
/** A JSONata expression, or its lines. */
const expression = z.pipe(
  lines,
  z.transform((given) => [given].flat().join("\n")),
);
const file = z.strictObject({ file: text });

const mapping = z.union(
  [expression, file],
  'the name of a ready mapping, a JSONata expression (a string, or a list of its lines), or {"file": "<path>"}',
);

const httpsUrl = (what: string) =>
  z
    .string(`an https URL${what}`)
    .check(z.refine(isHttps, `an https URL${what}, without a user, a password or a fragment`));

const says = <Schema extends z.ZodMiniType>(schema: Schema, description: string) =>
  z.exactOptional(schema.check(z.describe(description)));

/** How a sender signs: an HMAC in a header. */
const signature = z.strictObject({
  header: header.check(z.describe("Holds one signature, or several with spaces between them.")),
  prefix: says(text, "What stands before each signature, such as `v1,` or `sha256=`."),
  digest: z.enum(["sha256", "sha512"], "sha256 or sha512"),
  encoding: z.enum(["hex", "base64", "base64url"], "hex, base64 or base64url"),
  signed: z
    .string('a text such as "{timestamp}.{body}"')
    .check(
      z.describe("What is signed, with the places {method}, {id}, {timestamp} and {body}: `{id}.{timestamp}.{body}`."),
    ),
  idHeader: says(header, "The header whose value is {id}, the id of the delivery."),
  timestampHeader: says(header, "The header whose value is {timestamp}: Unix seconds, or RFC 3339."),
  toleranceSeconds: says(
    z
      .int("a whole number of seconds, 1 to 3600")
      .check(z.minimum(1, "at least 1 second"), z.maximum(3600, "at most 3600 seconds")),
    "How far the timestamp may be from now, in seconds. 300 if absent.",
  ),
  key: says(
    z.enum(["text", "base64"], "text or base64"),
    "How the key is written: base64 (a `whsec_` before it is dropped), or text (its UTF-8 bytes). Text if absent.",
  ),
});

/** A sender that shows a token (JWT) in `Authorization: Bearer`. */
const bearer = z.strictObject({
  issuer: text,
  audience: text,
  jwks: httpsUrl(" of the issuer's keys"),
});

/** How the record that a delivery names is read: one request to one host. */
const record = z.strictObject({
  url: httpsUrl(" with {id} where the record's id stands").check(z.describe("With {id} where the record's id stands.")),
  auth: z
    .union(
      [
        z.enum(["basic", "bearer"]),
        z.strictObject({ tokenUrl: httpsUrl(" that issues tokens"), scope: z.exactOptional(text) }),
      ],
      'basic, bearer, or {"tokenUrl", "scope"} for OAuth client credentials',
    )
    .check(z.describe("How the service's own user is proven. The secret has its values.")),
  headers: says(
    z.record(header, text, "an object with headers"),
    "Headers besides, which are not secret. Accept is application/json if absent.",
  ),
  body: says(
    z.record(z.string(), z.unknown(), "an object"),
    "JSON to POST, for HR systems that read so, with {id} in a string where the record's id stands. A GET if absent.",
  ),
});

const source = z.strictObject({
  preset: says(z.enum(presetNames, `one of ${presetNames.join(", ")}`), "An HR system whose way is known."),
  signature: says(signature, "How the sender signs, where no preset says it."),
  bearer: says(bearer, "Whose tokens (JWT) the sender shows, where it signs nothing."),
  company: says(
    matching(/^[a-z0-9][a-z0-9-]{0,62}$/i, "the company's part of the host name, such as acme"),
    "For {company} in the URL of a preset's records.",
  ),
  deliveryId: says(expression, "The id of a delivery, where a payload has it."),
  records: says(
    expression,
    'The records that a payload names: an id, {"id", "payload"} with the part that is about it, or a list of these.',
  ),
  record: says(record, "How a record is read. The preset's way if absent."),
  readRecord: says(flag, "False where the payload itself has all that the mapping needs, so that no record is read."),
  mapping: says(mapping, "What becomes of a record. The ready mapping of the preset if absent."),
  values: says(
    z.record(z.string(), z.unknown(), "an object"),
    "What the mapping reads as `values`: whatever differs from one company to the next.",
  ),
  testOnly: says(flag, "A source on trial: Adobe checks its commands and changes nothing."),
  expectEvery: says(
    matching(/^[1-9]\d{0,2}[mhd]$/, "a number and m, h or d, such as 36h"),
    "After this time without a delivery an alarm says that the source is silent.",
  ),
});

export const configurationSchema = z.strictObject({
  $schema: z.exactOptional(z.string()),
  sources: z.record(sourceName, source, "an object with a member for each source"),
});

/** The fields of each part, by the name of the part. */
export const shapes = {
  file: configurationSchema.shape,
  source: source.shape,
  signature: signature.shape,
  bearer: bearer.shape,
  record: record.shape,
  mapping: file.shape,
} as const;

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
