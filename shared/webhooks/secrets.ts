import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import type { Read } from "../schema/read.ts";
import { sourceName } from "./configuration.ts";

const filled = z.string("a text").check(z.minLength(1, "a text that is not empty"));
const keys = z.pipe(
  z.union([filled, z.array(filled)], "a key, or a list of keys"),
  z.transform((given) => [given].flat()),
);

/** With what a record is read: basic, bearer, or OAuth client credentials. */
const credentials = z.union(
  [
    z.strictObject({ username: filled, password: filled }),
    z.strictObject({ token: filled }),
    z.strictObject({ clientId: filled, clientSecret: filled }),
  ],
  "username and password, or token, or clientId and clientSecret",
);

const secrets = z.union(
  [
    z.pipe(
      keys,
      z.transform((given) => ({ keys: given })),
    ),
    z.strictObject({ keys: z._default(keys, []), record: z.exactOptional(credentials) }),
  ],
  'a key, a list of keys, or {"keys", "record"}',
);

const schema = z.record(sourceName, secrets, "an object with a member for each source");

/** A source's keys, each of which may sign, and the credentials for its records. */
export type SourceSecrets = Read<typeof secrets>;
export type RecordCredentials = Read<typeof credentials>;

/** The secret cannot be used. The message names fields and never shows values. */
export class InvalidSecretsError extends Error {
  override readonly name = "InvalidSecretsError";
}

/**
 * Reads the secret of all sources: JSON such as `{"hibob": "<key>"}`, `{"hibob": ["<new key>", "<old key>"]}` or
 * `{"hibob": {"keys": "<key>", "record": {"username", "password"}}}`.
 *
 * @throws InvalidSecretsError
 */
export function readSecrets(text: string): ReadonlyMap<string, SourceSecrets> {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new InvalidSecretsError(
    `The secret of the webhooks cannot be used${place === "" ? "" : ` at ${place}`}: expected ${issue?.message}.`,
  );
}
