import { parseJson } from "../../shared/http/parse-json.ts";
import { secretFields } from "../../shared/ims/credentials.ts";
import { CommandError } from "../errors.ts";
import { readIni } from "./ini.ts";

/** The secret as the workers read it, in one of its two forms; what is missing or wrong shows when it is read as such. */
export type SecretFields = Readonly<Record<string, unknown>>;

/** What a configuration comes to. */
export interface Configuration {
  readonly fields: SecretFields;
  /** As the walkthrough's file names it. */
  readonly keyFile?: string;
}

/**
 * Reads the walkthrough's `usermanagement.config`, the Developer Console's download, or what the workers read already.
 *
 * @throws CommandError that names the fields, and shows no value
 */
export function readConfiguration(file: string, text: string): Configuration {
  const { fields, ...rest } = /^\s*\{/.test(text) ? fromJson(file, text) : fromIni(file, text);
  refusePlaceholders(file, { ...fields, ...rest });
  return { fields, ...rest };
}

function fromJson(file: string, text: string): Configuration {
  const json = parseJson(text);
  if (typeof json !== "object" || json === null) throw new CommandError(`${file} begins as JSON and is none.`);
  return { fields: Object.fromEntries(Object.entries(json).filter(([name]) => secretFields.has(name))) };
}

function fromIni(file: string, text: string): Configuration {
  const enterprise = readIni(text).get("enterprise");
  const lacking = ["org_id", "api_key", "client_secret"].filter((name) => (enterprise?.get(name) ?? "") === "");
  if (enterprise === undefined || lacking.length > 0)
    throw new CommandError(
      `${file} lacks ${lacking.join(", ")} in [enterprise]. Expected the walkthrough's usermanagement.config, or JSON.`,
    );
  const technicalAccountId = enterprise.get("tech_acct");
  const keyFile = enterprise.get("priv_key_filename");
  return {
    fields: {
      orgId: enterprise.get("org_id"),
      clientId: enterprise.get("api_key"),
      clientSecret: enterprise.get("client_secret"),
      ...(technicalAccountId === undefined ? {} : { technicalAccountId }),
    },
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

/** What stands in the walkthrough's own file: `<my enterprise domain>`, `my organization id`. */
function refusePlaceholders(file: string, values: SecretFields): void {
  const isLeft = (value: unknown) => typeof value === "string" && /^(<.*>|(my|your)[ _].*)$/i.test(value);
  const left = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().some(isLeft) ? [names[name] ?? name] : [],
  );
  if (left.length > 0)
    throw new CommandError(
      `${file} still has its placeholders in ${left.join(", ")}. Put in what the Developer Console shows.`,
    );
}

/** As the walkthrough's file calls them. */
const names: Readonly<Record<string, string>> = {
  orgId: "org_id or orgId",
  clientId: "api_key or clientId",
  clientSecret: "client_secret or clientSecret",
  technicalAccountId: "tech_acct or technicalAccountId",
  keyFile: "priv_key_filename",
};
