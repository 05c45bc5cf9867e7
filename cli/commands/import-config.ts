import { dirname, resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import type { Credentials } from "../../shared/ims/credentials.ts";
import { readCredentials } from "../adobe/connection.ts";
import { readPrivateKey } from "../config/private-key.ts";
import { redacted } from "../config/redacted.ts";
import { type Configuration, readConfiguration, type SecretFields } from "../config/secret-fields.ts";
import { CommandError } from "../errors.ts";
import { readText } from "../files.ts";
import { printLine } from "../output/print.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples } from "./options.ts";

export function importConfigCommand(surroundings: Surroundings) {
  return new Command("import-config")
    .description("turn the walkthrough's usermanagement.config, or the Developer Console's download, into the secret")
    .argument("<file>", "usermanagement.config (INI) with its key file, or the console's JSON")
    .option("--secret <name>", "name or ARN of the secret; created if there is none of that name")
    .option("--aws", "put it into AWS, with the shell's credentials and region, not into the local stack")
    .option("--key-file <file>", "the private key in PEM, for JWT (default: what the INI file names, beside it)")
    .option("--passphrase-file <file>", "a file that holds the passphrase of an encrypted key")
    .option("--dry-run", "show what would become of it, without its secrets, and change nothing")
    .addHelpText(
      "after",
      examples(
        ["umapi import-config usermanagement.config --dry-run", "look at it first"],
        ["umapi import-config adobe.json --aws --secret <CredentialsSecretArn>", "give it to a deployed stack"],
      ),
    )
    .action(async (file, { secret, aws = false, keyFile, passphraseFile, dryRun }) => {
      const { environment, stdout } = surroundings;
      const configuration = readConfiguration(file, await readText(file));
      const fields = { ...configuration.fields, ...(await keyFrom(configuration, file, keyFile, passphraseFile)) };
      const value = JSON.stringify(fields);
      check(file, readCredentials(file, value));
      if (dryRun) return await printLine(stdout, JSON.stringify(redacted(fields), undefined, 2));
      if (secret === undefined) throw new CommandError("Name the secret with --secret, or look first with --dry-run.");
      const { putSecret } = await import("../config/secret-store.ts");
      const done = await putSecret(secret, value, aws, environment);
      const next =
        done === "updated"
          ? "Workers that it is the secret of read it at their next token."
          : "No worker reads it: a stack's own is named by its output CredentialsSecretArn.";
      await printLine(stdout, `The secret ${secret} was ${done}. ${next}`);
    });
}

/** The private key in a file, as a field of the secret; nothing where there is no such file. */
async function keyFrom(
  { fields, keyFile }: Configuration,
  config: string,
  given: string | undefined,
  passphraseFile: string | undefined,
): Promise<SecretFields> {
  const file = given ?? (keyFile === undefined ? undefined : resolve(dirname(config), keyFile));
  if (file === undefined) return {};
  // The file's last line ends, the passphrase does not.
  const passphrase = passphraseFile === undefined ? undefined : (await readText(passphraseFile)).replace(/\r?\n$/, "");
  const key = readPrivateKey(file, await readText(file), passphrase);
  return "CLIENT_ID" in fields ? { PRIVATE_KEY: key } : { privateKey: key };
}

/** What the workers would find out only when they ask Adobe. */
function check(file: string, { orgId, technicalAccountId, privateKey, privateKeyPassphrase }: Credentials): void {
  if (!orgId.endsWith("@AdobeOrg"))
    throw new CommandError(`${file} has an organisation id of another form: expected one that ends with @AdobeOrg.`);
  if (privateKey === undefined) return;
  readPrivateKey(file, privateKey, privateKeyPassphrase);
  if (technicalAccountId === undefined)
    throw new CommandError(`${file} has a private key and no technical account, which a JWT also needs.`);
}
