import { readdirSync } from "node:fs";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";

/** What stands for a file: commands' arguments and options. */
const fileArguments = { submit: "file", "import-config": "file" };
const fileOptions = ["credentials", "key-file", "passphrase-file"];

/**
 * Adds `complete`, which prints a shell's completion script and answers the shell.
 *
 * The library knows commands, options and their choices, and keeps the shell from offering files; so they are offered here.
 *
 * @param typed what the shell asks about, the unfinished word last
 */
export function addCompletion(program: Command, typed: readonly string[]): void {
  const completion = tab(program);
  program.commands
    .find((command) => command.name() === "complete")
    ?.description("print a script that lets the tab key complete commands, options and files");
  const offerFiles = (offer: (value: string, description: string) => void) => {
    for (const file of filesFrom(typed.at(-1) ?? "")) offer(file, "");
  };
  for (const [command, argument] of Object.entries(fileArguments))
    completion.commands.get(command)?.argument(argument, offerFiles);
  for (const command of completion.commands.values())
    for (const option of fileOptions) {
      const known = command.options.get(option);
      if (known !== undefined) command.option(option, known.description, offerFiles);
    }
}

/** Files and folders in the folder that an unfinished path leads to. */
function filesFrom(path: string): string[] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true }).map(
      (entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`,
    );
  } catch {
    return [];
  }
}
