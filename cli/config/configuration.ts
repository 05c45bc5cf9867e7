import { dirname, resolve } from "node:path";
import * as z from "zod/mini";
import { oneCredential } from "../../shared/ims/credential-files.ts";
import { type Credentials, type Fields, InvalidCredentialsError, readFields } from "../../shared/ims/credentials.ts";
import { CommandError } from "../errors.ts";
import { refuseKeyring } from "./keyring.ts";
import { refusePlaceholders } from "./placeholders.ts";
import { tidyFields } from "./tidy-fields.ts";
import { readTree, type Tree } from "./tree.ts";

/** What is read from a configuration file. */
export interface Configuration {
  readonly credentials: Credentials;
  /** The file that holds the private key, if it is needed and the configuration names one. */
  readonly keyFile?: string;
  /** A sentence for each value that was read differently from how it is written. They name keys and show no values. */
  readonly notes: readonly string[];
}

export interface Wanted {
  /** Which credential, if the file has several. */
  readonly name?: string | undefined;
  /** Whether a private key is needed. */
  readonly key: boolean;
}

const section = z.record(z.string(), z.unknown());
const sections = z.object({ enterprise: z.optional(section), integration: z.optional(section) });
/** The key in which the user sync tool names its way to a token. */
const method = z.object({ authentication_method: z.string() });
const mainConfiguration = z.object({ adobe_users: z.object({ connectors: z.object({ umapi: z.unknown() }) }) });

/**
 * Reads the walkthrough's `usermanagement.config`, the Developer Console's downloads, what the aio command line keeps,
 * the user sync tool's `connector-umapi.yml`, or the form that the workers themselves read.
 *
 * @throws CommandError that names the fields, and shows no value
 */
export async function readConfiguration(file: string, text: string, wanted: Wanted): Promise<Configuration> {
  const { values, isExact } = await readTree(file, text);
  const { fields, keyPath, notes } = tidyFields(inFile(file, values, wanted.name), isExact);
  const takesKey = wanted.key && method.safeParse(values).data?.authentication_method !== "oauth";
  refuseKeyring(file, fields, takesKey);
  refusePlaceholders(file, { ...fields, ...keyPath });
  const [path] = Object.values(keyPath);
  return {
    credentials: usable(file, () => readFields(fields)),
    ...(takesKey && path !== undefined ? { keyFile: resolve(dirname(file), path) } : {}),
    notes,
  };
}

/** The fields of the credential asked for. */
function inFile(file: string, values: Tree["values"], name: string | undefined): Fields {
  const main = mainConfiguration.safeParse(values).data?.adobe_users.connectors.umapi;
  if (main !== undefined)
    throw new CommandError(
      `${file} is the user sync tool's main configuration, which only names the file that holds the credential: ${[main].flat().map(String).join(", ")}.`,
    );
  const { enterprise, integration } = sections.safeParse(values).data ?? {};
  return enterprise ?? integration ?? usable(file, () => oneCredential(values, name));
}

function usable<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof InvalidCredentialsError)) throw cause;
    throw new CommandError(`${file} cannot be used. ${cause.message}`, { cause });
  }
}
