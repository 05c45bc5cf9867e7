import { Command } from "@commander-js/extra-typings";
import { connectToAdobe } from "../adobe/connection.ts";
import { CommandError } from "../errors.ts";
import { printLine } from "../output/print.ts";
import { userText } from "../output/users.ts";
import type { Surroundings } from "../surroundings.ts";
import { adobeUrlOption, authOption, credentialNameOption, credentialsOption, sayWait } from "./adobe-options.ts";
import { examples, jsonOption } from "./options.ts";

export function userCommand(surroundings: Surroundings) {
  return new Command("user")
    .description("show one user as Adobe has it")
    .argument("<who>", "an email, or a username together with --domain")
    .option("--domain <domain>", "the domain of a username that is not an email")
    .addOption(jsonOption("print the user as a JSON object"))
    .addOption(authOption())
    .addOption(credentialsOption())
    .addOption(credentialNameOption())
    .addOption(adobeUrlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi user jane.doe@example.com", "Jane's account, and her groups"],
        ["umapi user jdoe --domain example.com", "by username"],
      ),
    )
    .action(async (who, { domain, json, ...options }) => {
      const { stdout } = surroundings;
      if (!who.includes("@") && domain === undefined)
        throw new CommandError(`${JSON.stringify(who)} is not an email: give the username's domain with --domain.`);
      const { reads } = await connectToAdobe(options, surroundings);
      const name = { user: who, ...(domain === undefined ? {} : { domain }) };
      const user = await reads.user(name, { onWait: sayWait(surroundings) });
      if (user === undefined) throw new CommandError(`The organisation has no user ${JSON.stringify(who)}.`);
      await printLine(stdout, json ? JSON.stringify(user, undefined, 2) : userText(user));
    });
}
