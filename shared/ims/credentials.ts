import * as z from "zod/mini";
import { pemOf } from "./key-text.ts";

/** The credentials that Adobe's Developer Console issues for one integration. */
export interface Credentials {
  readonly orgId: string;
  readonly clientId: string;
  /** They are tried in order. Adobe accepts two while one is being replaced. */
  readonly clientSecrets: readonly [string, ...string[]];
  /** For JWT only. */
  readonly technicalAccountId?: string;
  /** For JWT only. PEM, PKCS#8 or PKCS#1. */
  readonly privateKey?: string;
  /** The passphrase of an encrypted private key. */
  readonly privateKeyPassphrase?: string;
}

/** Names and values of one credential, with the names as the file spells them. */
export type Fields = Readonly<Record<string, unknown>>;

/** The credentials cannot be used. The message names fields and never shows values. */
export class InvalidCredentialsError extends Error {
  override readonly name = "InvalidCredentialsError";
}

/**
 * The names of each field in this project, the Developer Console's downloads, the aio command line and Adobe's user
 * sync tool. Letter case and the signs between words do not matter.
 */
const names = {
  orgId: ["orgid", "imsorgid", "imsorg"],
  clientId: ["clientid", "apikey"],
  clientSecret: ["clientsecret", "clientsecrets"],
  technicalAccountId: ["technicalaccountid", "techacctid", "techacct"],
  privateKey: ["privatekey", "privkeydata"],
  privateKeyPassphrase: ["privatekeypassphrase", "passphrase", "privkeypass"],
} as const;

export type Field = keyof typeof names;

/** @returns undefined for another name, such as `SCOPES` */
export function fieldOf(name: string): Field | undefined {
  const plain = name.toLowerCase().replaceAll(/[_\s-]/g, "");
  return fields.find((field) => names[field].some((each) => each === plain));
}

const fields: readonly Field[] = [
  "orgId",
  "clientId",
  "clientSecret",
  "technicalAccountId",
  "privateKey",
  "privateKeyPassphrase",
];

const filled = z.string().check(z.minLength(1));
const key = z.pipe(
  // The aio command line also accepts a key as a list of lines.
  z.pipe(
    z.union([filled, z.array(z.string()).check(z.minLength(1))]),
    z.transform((text) => [text].flat().join("\n")),
  ),
  z.transform(pemOf),
);

const schema = z.pipe(
  z.object({
    orgId: filled,
    clientId: filled,
    clientSecret: z.tuple([filled], filled),
    technicalAccountId: z.exactOptional(filled),
    privateKey: z.exactOptional(key),
    privateKeyPassphrase: z.exactOptional(filled),
  }),
  z.transform(({ clientSecret, ...rest }): Credentials => ({ ...rest, clientSecrets: clientSecret })),
);

/**
 * Reads one credential. Other names in it are ignored.
 *
 * @throws InvalidCredentialsError
 */
export function readFields(given: Fields): Credentials {
  const found: Partial<Record<Field, unknown>> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = fieldOf(name);
    if (field === "clientSecret") found[field] = [...secretsOf(found[field]), ...secretsOf(value)];
    else if (field !== undefined) found[field] ??= value;
  }
  const parsed = schema.safeParse(found);
  if (parsed.success) return parsed.data;
  const lacking = new Set(parsed.error.issues.map(({ path }) => spelled(String(path[0]), Object.keys(given))));
  throw new InvalidCredentialsError(
    `The credentials lack a value (a string that is not empty) for: ${[...lacking].join(", ")}.`,
  );
}

const secretsOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());

/**
 * The name of a field, spelled like the other names of the file: `orgId`, `org_id` or, in the console's download,
 * `ORG_ID`.
 */
function spelled(field: string, like: readonly string[]): string {
  const known = like.filter((name) => fieldOf(name) !== undefined).join("");
  const snake = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (/[a-z].*[A-Z]/.test(known) || known === "") return field;
  return /[a-z]/.test(known) ? snake : snake.toUpperCase().replace(/SECRET$/, "SECRETS");
}
