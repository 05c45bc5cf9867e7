import { Command } from "@commander-js/extra-typings";
import { connectToAdobe } from "../adobe/connection.ts";
import { printLine } from "../output/print.ts";
import { duration } from "../output/text.ts";
import type { Surroundings } from "../surroundings.ts";
import { adobeUrlOption, authOption, credentialNameOption, credentialsOption } from "./adobe-options.ts";
import { examples, jsonOption } from "./options.ts";

export function tokenCommand(surroundings: Surroundings) {
  return new Command("token")
    .description("exchange credentials for an access token, and show when it expires")
    .option("--show", "print the token itself: whoever has it can change your organisation")
    .addOption(jsonOption("print a JSON object"))
    .addOption(authOption())
    .addOption(credentialsOption())
    .addOption(credentialNameOption())
    .addOption(adobeUrlOption())
    .addHelpText(
      "after",
      examples(
        ["umapi token", "check that the local sandbox gives one"],
        ["umapi token --credentials adobe.json", "check your credentials"],
        ["umapi token --auth jwt", "the same with a signed JWT, the older way"],
      ),
    )
    .action(async ({ show, json, ...options }) => {
      const { clock, stdout } = surroundings;
      const { access } = await connectToAdobe(options, surroundings);
      const { token, clientId, orgId } = access;
      const expiresAt = new Date(access.expiresAt).toISOString();
      if (json) await printLine(stdout, JSON.stringify({ clientId, orgId, expiresAt, ...(show ? { token } : {}) }));
      else if (show) await printLine(stdout, token);
      else
        await printLine(
          stdout,
          `A token for ${clientId} of ${orgId}. It expires in ${duration(access.expiresAt - clock.now())}, at ${expiresAt}.`,
        );
    });
}
