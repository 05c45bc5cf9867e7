import { Command } from "@commander-js/extra-typings";
import type { Credentials } from "../../shared/ims/credentials.ts";
import { loadCredentials } from "../config/load-credentials.ts";
import { redacted } from "../config/redacted.ts";
import { secretFieldsOf } from "../config/secret-fields.ts";
import { CommandError } from "../errors.ts";
import { printLine } from "../output/print.ts";
import type { Surroundings } from "../surroundings.ts";
import { credentialNameOption } from "./adobe-options.ts";
import { examples } from "./options.ts";

export function importConfigCommand(surroundings: Surroundings) {
  return new Command("import-config")
    .description("write Adobe's credentials from a file into the secret that the workers read")
    .argument(
      "<file>",
      "the Developer Console's download, usermanagement.config, connector-umapi.yml, or .aio or .env of the aio command line",
    )
    .option("--secret <name>", "name or ARN of the secret; created if there is none of that name")
    .option("--aws", "put it into AWS, with the shell's credentials and region, not into the local stack")
    .addOption(credentialNameOption())
    .option("--key-file <file>", "the private key, for JWT (default: the one that the file names, beside it)")
    .option("--passphrase-file <file>", "a file that holds the passphrase of an encrypted key")
    .option("--dry-run", "show the result without its secrets, and change nothing")
    .addHelpText(
      "after",
      examples(
        ["umapi import-config usermanagement.config --dry-run", "look first"],
        ["umapi import-config adobe.json --aws --secret <arn>", "give it to a stack"],
      ),
    )
    .action(async (file, { secret, aws = false, credentialName, keyFile, passphraseFile, dryRun }) => {
      const { environment, stdout, stderr } = surroundings;
      const wanted = { name: credentialName, key: true, keyFile, passphraseFile };
      const credentials = await loadCredentials(file, wanted, stderr);
      check(file, credentials);
      const fields = secretFieldsOf(credentials);
      if (dryRun) return await printLine(stdout, JSON.stringify(redacted(fields), undefined, 2));
      if (secret === undefined) throw new CommandError("Name the secret with --secret, or look first with --dry-run.");
      const { putSecret } = await import("../config/secrets-manager.ts");
      const done = await putSecret(secret, JSON.stringify(fields), aws, environment);
      const next =
        done === "updated"
          ? "Workers whose secret this is read it at their next token."
          : "No worker reads this one: a stack names its own secret in its output CredentialsSecretArn.";
      await printLine(stdout, `The secret ${secret} was ${done}. ${next}`);
    });
}

/** Finds faults that the workers would meet only when they ask Adobe. */
function check(file: string, { orgId, technicalAccountId, privateKey }: Credentials): void {
  if (!orgId.endsWith("@AdobeOrg"))
    throw new CommandError(`${file} has an organisation id that does not end with @AdobeOrg.`);
  if (privateKey !== undefined && technicalAccountId === undefined)
    throw new CommandError(`${file} has a private key but no technical account; a JWT needs both.`);
}
