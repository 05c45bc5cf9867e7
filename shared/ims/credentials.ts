import * as z from "zod/mini";
import { parseJson } from "../parse-json.ts";

/** What Adobe's Developer Console hands out for one integration, as far as tokens and requests need it. */
export interface Credentials {
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const filled = z.string().check(z.minLength(1));

const schema = z.object({ orgId: filled, clientId: filled, clientSecret: filled });

/** The secret does not hold usable credentials. The message names fields and never shows values. */
export class InvalidCredentialsError extends Error {
  override readonly name = "InvalidCredentialsError";
}

/** Reads the secret's text: JSON with `orgId`, `clientId` and `clientSecret`. */
export function parseCredentials(text: string): Credentials {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))].filter(Boolean);
  throw new InvalidCredentialsError(
    `The secret must hold JSON with the strings orgId, clientId and clientSecret; ` +
      (fields.length === 0 ? "it is not a JSON object." : `not usable: ${fields.join(", ")}.`),
  );
}
