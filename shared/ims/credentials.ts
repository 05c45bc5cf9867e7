import * as z from "zod/mini";
import { parseJson } from "../http/parse-json.ts";
import { isObject } from "../umapi/unchecked.ts";

/** What Adobe's Developer Console hands out for one integration. */
export interface Credentials {
  readonly orgId: string;
  readonly clientId: string;
  /** Tried in order: while one is being replaced, Adobe accepts two. */
  readonly clientSecrets: readonly [string, ...string[]];
  /** For JWT only. */
  readonly technicalAccountId?: string;
  /** For JWT only. PEM, PKCS#8 or PKCS#1. */
  readonly privateKey?: string;
  /** Of an encrypted private key. */
  readonly privateKeyPassphrase?: string;
}

const filled = z.string().check(z.minLength(1));

const ownFields = z.object({
  orgId: filled,
  clientId: filled,
  clientSecret: filled,
  technicalAccountId: z.exactOptional(filled),
  privateKey: z.exactOptional(filled),
  privateKeyPassphrase: z.exactOptional(filled),
});

const ownForm = z.pipe(
  ownFields,
  z.transform(({ clientSecret, ...rest }): Credentials => ({ ...rest, clientSecrets: [clientSecret] })),
);

/** As the console's download has it; the key, which the console does not keep, beside it as `PRIVATE_KEY`. */
const consoleFields = z.object({
  ORG_ID: filled,
  CLIENT_ID: filled,
  CLIENT_SECRET: z.exactOptional(filled),
  CLIENT_SECRETS: z.exactOptional(z.tuple([filled], filled)),
  TECHNICAL_ACCOUNT_ID: z.exactOptional(filled),
  PRIVATE_KEY: z.exactOptional(filled),
  PRIVATE_KEY_PASSPHRASE: z.exactOptional(filled),
});

const consoleForm = z.pipe(
  consoleFields,
  z.transform((form, context): Credentials => {
    const [secret, ...others] = form.CLIENT_SECRETS ?? (form.CLIENT_SECRET === undefined ? [] : [form.CLIENT_SECRET]);
    if (secret === undefined) {
      context.issues.push({ code: "custom", message: "missing", input: undefined, path: ["CLIENT_SECRETS"] });
      return z.NEVER;
    }
    return {
      orgId: form.ORG_ID,
      clientId: form.CLIENT_ID,
      clientSecrets: [secret, ...others],
      ...(form.TECHNICAL_ACCOUNT_ID === undefined ? {} : { technicalAccountId: form.TECHNICAL_ACCOUNT_ID }),
      ...(form.PRIVATE_KEY === undefined ? {} : { privateKey: form.PRIVATE_KEY }),
      ...(form.PRIVATE_KEY_PASSPHRASE === undefined ? {} : { privateKeyPassphrase: form.PRIVATE_KEY_PASSPHRASE }),
    };
  }),
);

/** What is read of a secret, in either form; anything else in it is left alone. */
export const secretFields: ReadonlySet<string> = new Set(
  [ownFields, consoleFields].flatMap(({ shape }) => Object.keys(shape)),
);

/** The secret does not hold usable credentials. The message names fields and never shows values. */
export class InvalidCredentialsError extends Error {
  override readonly name = "InvalidCredentialsError";
}

/** Reads the secret's text: JSON in the project's own form or in the form of the console's download. */
export function parseCredentials(text: string): Credentials {
  const json = parseJson(text);
  if (!isObject(json))
    throw new InvalidCredentialsError(
      "The credentials are not a JSON object. Put in orgId, clientId and clientSecret, or the Developer Console's download.",
    );
  const parsed = ("CLIENT_ID" in json ? consoleForm : ownForm).safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  throw new InvalidCredentialsError(
    `The credentials lack usable values, strings that are not empty, for: ${[...fields].join(", ")}.`,
  );
}
