import { type Field, type Fields, fieldOf } from "../../shared/ims/credentials.ts";
import { CommandError } from "../errors.ts";

/**
 * The user sync tool may leave values to the machine's credential store: `secure_client_secret_key: entry` names the
 * entry that holds `client_secret`, under the organisation's name.
 *
 * @param takesKey whether the private key is needed
 * @throws CommandError that says how to get the first value that is not in the file
 */
export function refuseKeyring(file: string, fields: Fields, takesKey: boolean): void {
  for (const [name, entry] of Object.entries(fields)) {
    const field = fieldKeptAs(name);
    if (field === undefined || (isOfKey(field) && !takesKey)) continue;
    if (Object.keys(fields).some((other) => fieldOf(other) === field)) continue;
    throw new CommandError(
      `${file} keeps a value in this machine's credential store (${name}), which is not read here. Get it: keyring get ${entry} ${fields["org_id"]} (pip install keyring). Then ${howToGive(name, field)}.`,
    );
  }
}

/** The sync tool's older examples have `secure_priv_pass_key`. */
function fieldKeptAs(name: string): Field | undefined {
  const [, plain] = /^secure_(.+)_key$/.exec(name) ?? [];
  return plain === undefined ? undefined : fieldOf(plain.replace(/^priv_pass$/, "priv_key_pass"));
}

const isOfKey = (field: Field) => field === "privateKey" || field === "privateKeyPassphrase";

function howToGive(name: string, field: Field): string {
  if (field === "privateKey") return "put it into a file, and name that to umapi import-config with --key-file";
  if (field === "privateKeyPassphrase")
    return "put it into a file, and name that to umapi import-config with --passphrase-file";
  return `put it into the file as ${name.replace(/^secure_|_key$/g, "")}`;
}
