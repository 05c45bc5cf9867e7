import { Command } from "@commander-js/extra-typings";
import { connectToAdobe } from "../adobe/connection.ts";
import { mapped } from "../items.ts";
import { lookOf } from "../output/look.ts";
import { printJsonArray } from "../output/print.ts";
import { printTable } from "../output/table.ts";
import type { Surroundings } from "../surroundings.ts";
import { adobeUrlOption, authOption, credentialNameOption, credentialsOption, sayWait } from "./adobe-options.ts";
import { examples, jsonOption } from "./options.ts";

export function groupsCommand(surroundings: Surroundings) {
  return new Command("groups")
    .description("list the user groups, product profiles and admin groups that Adobe has")
    .addOption(jsonOption("print the groups as a JSON array, one a line"))
    .addOption(authOption())
    .addOption(credentialsOption())
    .addOption(credentialNameOption())
    .addOption(adobeUrlOption())
    .addHelpText("after", examples(["umapi groups", "every group, its kind and how many are in it"]))
    .action(async ({ json, ...options }) => {
      const { environment, stdout } = surroundings;
      const { reads } = await connectToAdobe(options, surroundings);
      const groups = reads.groups({ onWait: sayWait(surroundings) });
      if (json) await printJsonArray(stdout, groups);
      else
        await printTable(
          stdout,
          lookOf(stdout, environment),
          ["NAME", "TYPE", "MEMBERS", "PRODUCT OR CONTRACT"].map((heading) => ({ heading })),
          mapped(groups, ({ groupName, type = "", memberCount = 0, productName, contractName }) => [
            groupName,
            type,
            String(memberCount),
            productName ?? contractName ?? "",
          ]),
          "The organisation has no groups.",
        );
    });
}
