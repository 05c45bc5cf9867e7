import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import { oneCredential } from "./credential-files.ts";
import { type Credentials, InvalidCredentialsError, readFields } from "./credentials.ts";

const object = z.record(z.string(), z.unknown());

/**
 * Reads the secret's text: JSON with a credential's fields, or the Developer Console's download of a credential, a
 * project or a workspace.
 *
 * @throws InvalidCredentialsError
 */
export function parseCredentials(text: string): Credentials {
  const json = object.safeParse(parseJson(text));
  if (json.success) return readFields(oneCredential(json.data));
  throw new InvalidCredentialsError(
    "The credentials are not a JSON object. Put in orgId, clientId and clientSecret, or the Developer Console's download.",
  );
}
