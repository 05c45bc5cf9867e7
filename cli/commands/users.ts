import { Command } from "@commander-js/extra-typings";
import { connectToAdobe } from "../adobe/connection.ts";
import { mapped } from "../items.ts";
import { lookOf } from "../output/look.ts";
import { printJsonArray } from "../output/print.ts";
import { printTable } from "../output/table.ts";
import { userColumns, userRow } from "../output/users.ts";
import type { Surroundings } from "../surroundings.ts";
import { adobeUrlOption, authOption, credentialNameOption, credentialsOption, sayWait } from "./adobe-options.ts";
import { examples, jsonOption } from "./options.ts";

export function usersCommand(surroundings: Surroundings) {
  return new Command("users")
    .description("list the users that Adobe has, of the organisation or of one group")
    .option("--group <name>", "only members of this user group, product profile or admin group")
    .addOption(jsonOption("print the users as a JSON array, one a line"))
    .addOption(authOption())
    .addOption(credentialsOption())
    .addOption(credentialNameOption())
    .addOption(adobeUrlOption())
    .addHelpText(
      "after",
      `${examples(
        ['umapi users --group "Creative Cloud 1"', "who has a licence"],
        ["umapi users --json > users.json", "everybody, for a program"],
      )}\nAdobe answers 25 pages a minute, and blocks for an hour who lists everybody again and again.\n`,
    )
    .action(async ({ group, json, ...options }) => {
      const { environment, stdout } = surroundings;
      const { reads } = await connectToAdobe(options, surroundings);
      const wait = { onWait: sayWait(surroundings) };
      const users = group === undefined ? reads.users(wait) : reads.members(group, wait);
      if (json) await printJsonArray(stdout, users);
      else {
        const none =
          group === undefined ? "The organisation has no users." : `${JSON.stringify(group)} has no members.`;
        await printTable(stdout, lookOf(stdout, environment), userColumns, mapped(users, userRow), none);
      }
    });
}
