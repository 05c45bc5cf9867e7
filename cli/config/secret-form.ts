import { parse as parseIni } from "ini";
import * as z from "zod/mini";
import { parseJson } from "../../shared/parse-json.ts";
import { CommandError } from "../errors.ts";

/** What becomes of a configuration: the fields of the secret, in one of the forms that the workers read. */
export interface SecretForm {
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  /** The field that holds the private key. */
  readonly keyField: "privateKey" | "PRIVATE_KEY";
  /** As the configuration names it. */
  readonly keyFile?: string;
}

const filled = z.string().check(z.minLength(1));

const iniSchema = z.object({
  enterprise: z.object({
    org_id: filled,
    api_key: filled,
    client_secret: filled,
    tech_acct: z.exactOptional(filled),
    priv_key_filename: z.exactOptional(filled),
  }),
});

/** What the workers read of the Developer Console's download. */
const downloadSchema = z.object({
  ORG_ID: filled,
  CLIENT_ID: filled,
  CLIENT_SECRET: z.exactOptional(filled),
  CLIENT_SECRETS: z.exactOptional(z.array(filled)),
  TECHNICAL_ACCOUNT_ID: z.exactOptional(filled),
});

/** The project's own form, as in `.local/credentials.json`. */
const ownSchema = z.object({
  orgId: filled,
  clientId: filled,
  clientSecret: filled,
  technicalAccountId: z.exactOptional(filled),
  privateKey: z.exactOptional(filled),
  privateKeyPassphrase: z.exactOptional(filled),
});

/**
 * Reads the walkthrough's `usermanagement.config`, the Developer Console's download, or what the workers read already.
 *
 * @throws CommandError that names the fields, and shows no value
 */
export function readSecretForm(file: string, text: string): SecretForm {
  return /^\s*\{/.test(text) ? fromJson(file, parseJson(text)) : fromIni(file, parseIni(text));
}

function fromIni(file: string, ini: unknown): SecretForm {
  const { org_id, api_key, client_secret, tech_acct, priv_key_filename } = read(file, iniSchema, ini).enterprise;
  refusePlaceholders(file, { org_id, api_key, client_secret, tech_acct, priv_key_filename });
  return {
    fields: {
      orgId: org_id,
      clientId: api_key,
      clientSecret: client_secret,
      ...(tech_acct === undefined ? {} : { technicalAccountId: tech_acct }),
    },
    keyField: "privateKey",
    ...(priv_key_filename === undefined ? {} : { keyFile: priv_key_filename }),
  };
}

function fromJson(file: string, json: unknown): SecretForm {
  if (typeof json !== "object" || json === null) throw new CommandError(`${file} begins as JSON and is none.`);
  const isOwn = "orgId" in json;
  const fields = isOwn ? read(file, ownSchema, json) : read(file, downloadSchema, json);
  refusePlaceholders(file, fields);
  return { fields, keyField: isOwn ? "privateKey" : "PRIVATE_KEY" };
}

function read<Schema extends z.ZodMiniType>(file: string, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = new Set(parsed.error.issues.map(({ path }) => path.join(".")));
  throw new CommandError(
    `${file} lacks ${[...fields].join(", ")}. Expected the walkthrough's usermanagement.config or the Developer Console's download.`,
  );
}

/** What stands in the walkthrough's own file: `<my enterprise domain>`, `my organization id`. */
function refusePlaceholders(
  file: string,
  fields: Readonly<Record<string, string | readonly string[] | undefined>>,
): void {
  const left = Object.entries(fields).flatMap(([name, value]) => {
    const isLeft = [value ?? []].flat().some((each) => /^<.*>$/.test(each) || /^(my|your) /i.test(each));
    return isLeft ? [name] : [];
  });
  if (left.length > 0)
    throw new CommandError(
      `${file} still has its placeholders in ${left.join(", ")}. Put in what the Developer Console shows.`,
    );
}
