import { Command } from "@commander-js/extra-typings";
import { Command as UntypedCommand } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { cancelCommand } from "./commands/cancel.ts";
import { deliveriesCommand } from "./commands/deliveries.ts";
import { eraseCommand } from "./commands/erase.ts";
import { groupsCommand } from "./commands/groups.ts";
import { importConfigCommand } from "./commands/import-config.ts";
import { laneCommand, pauseCommand, resumeCommand } from "./commands/lane.ts";
import { listCommand } from "./commands/list.ts";
import { localCommand } from "./commands/local.ts";
import { mapCommand } from "./commands/map.ts";
import { examples } from "./commands/options.ts";
import { removalsCommand } from "./commands/removals.ts";
import { retryCommand } from "./commands/retry.ts";
import { statusCommand } from "./commands/status.ts";
import { submitCommand } from "./commands/submit.ts";
import { tokenCommand } from "./commands/token.ts";
import { userCommand } from "./commands/user.ts";
import { usersCommand } from "./commands/users.ts";
import { watchCommand } from "./commands/watch.ts";
import { webhooksCommand } from "./commands/webhooks.ts";
import { addCompletion } from "./completion.ts";
import { commandErrorOf } from "./service/client-error.ts";
import type { Surroundings } from "./surroundings.ts";

/** Every failure that a user can do something about ends as a `CommandError`. */
class Umapi extends Command {
  override async parseAsync(...args: Parameters<Command["parseAsync"]>): Promise<this> {
    try {
      return await super.parseAsync(...args);
    } catch (error) {
      throw commandErrorOf(error) ?? error;
    }
  }
}

/** `umapi` and all its commands. */
export function umapi(surroundings: Surroundings): Command {
  const { stdout, stderr } = surroundings;
  const program = new Umapi("umapi")
    .version(packageJson.version)
    .description("Submit user operations to umapi-workers, follow them, and read what Adobe has.")
    .addCommand(submitCommand(surroundings))
    .addCommand(statusCommand(surroundings))
    .addCommand(listCommand(surroundings))
    .addCommand(watchCommand(surroundings))
    .addCommand(retryCommand(surroundings))
    .addCommand(cancelCommand(surroundings))
    .addCommand(laneCommand(surroundings))
    .addCommand(pauseCommand(surroundings))
    .addCommand(resumeCommand(surroundings))
    .addCommand(removalsCommand(surroundings))
    .addCommand(eraseCommand(surroundings))
    .addCommand(tokenCommand(surroundings))
    .addCommand(usersCommand(surroundings))
    .addCommand(userCommand(surroundings))
    .addCommand(groupsCommand(surroundings))
    .addCommand(importConfigCommand(surroundings))
    .addCommand(deliveriesCommand(surroundings))
    .addCommand(mapCommand(surroundings))
    .addCommand(webhooksCommand(surroundings))
    .addCommand(localCommand(surroundings))
    .addHelpText(
      "after",
      examples(
        ["umapi submit joiners.csv --wait", "submit a file, and see it through"],
        ["umapi help submit", "everything about one command"],
        ["source <(umapi completion bash)", "complete commands with the tab key; also zsh, fish"],
      ) +
        "\nCommands talk to the local stack (npm start or umapi local); --url names a\ndeployed one. The exit code is 0 only if everything that was asked for\nsucceeded, or was superseded: a removal of the person was done first.\n",
    )
    // Where a command of a command has an option of the same name, one behind it is its own.
    .enablePositionalOptions()
    .showSuggestionAfterError();
  // The typed command is an instance of commander's own class, although its types do not say so.
  if (program instanceof UntypedCommand) addCompletion(program);
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])])
    command.exitOverride().configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "umapi: ")),
    });
  return program;
}
