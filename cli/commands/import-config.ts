import { dirname, resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { readCredentials } from "../adobe/connection.ts";
import { readPrivateKey } from "../config/private-key.ts";
import { redacted } from "../config/redacted.ts";
import { readSecretForm, type SecretForm } from "../config/secret-form.ts";
import { CommandError } from "../errors.ts";
import { readText } from "../input/read-input.ts";
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
      const form = readSecretForm(file, await readText(file));
      const fields = { ...form.fields, ...(await keyOf(form, file, keyFile, passphraseFile)) };
      const value = JSON.stringify(fields);
      // As the workers will.
      readCredentials(file, value);
      if (dryRun) return await printLine(stdout, JSON.stringify(redacted(fields), undefined, 2));
      if (secret === undefined) throw new CommandError("Name the secret with --secret, or look first with --dry-run.");
      const { putSecret } = await import("../config/secret-store.ts");
      const done = await putSecret(secret, value, aws, environment);
      await printLine(stdout, `The secret ${secret} was ${done}. The workers read it at their next token.`);
    });
}

async function keyOf(
  { keyField, keyFile: named }: SecretForm,
  config: string,
  given: string | undefined,
  passphraseFile: string | undefined,
): Promise<Record<string, string>> {
  const file = given ?? (named === undefined ? undefined : resolve(dirname(config), named));
  if (file === undefined) return {};
  // The file's last line ends, the passphrase does not.
  const passphrase = passphraseFile === undefined ? undefined : (await readText(passphraseFile)).replace(/\r?\n$/, "");
  return { [keyField]: await readPrivateKey(file, passphrase) };
}
