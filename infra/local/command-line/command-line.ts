import { Command, CommanderError, type Option, type OptionValues } from "@commander-js/extra-typings";
import { SetupError } from "../host/setup-error.ts";

/**
 * The command line of a local program, still without flags.
 *
 * @param name how people call it, for example `npm start`
 */
export function commandLine(name: string, description: string): Command {
  return new Command(name)
    .usage("-- [flags]")
    .description(description)
    .helpOption("-h, --help", "show this, and start nothing")
    .configureHelp({
      styleTitle: (title) => title.replace("Options:", "Flags, with their defaults:"),
      optionTerm,
      optionDescription: ({ description: is }) => is,
    })
    .configureOutput({ outputError: () => undefined })
    .allowExcessArguments()
    .exitOverride();
}

/** For example `--port 3000`. */
function optionTerm({ flags, long, defaultValue, defaultValueDescription: value = defaultValue }: Option): string {
  return value === undefined ? flags : `${long} ${value}`;
}

/** Whether to show the help and do nothing else. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.includes("--help") || args.includes("-h");
}

/** @throws {SetupError} in one line that names the flag, what it was and what was expected */
export function readArguments<Options extends OptionValues>(
  command: Command<[], Options>,
  args: readonly string[],
): Options {
  const [excess] = parse(command, args);
  if (excess === undefined) return command.opts();
  // npm takes for itself what looks like a flag and is not behind `--`, and passes its value on.
  const [flag] = command.options;
  const example = `${command.name()} -- ${flag?.long} ${flag?.defaultValue}`;
  throw new SetupError(`"${excess}" belongs to no flag; flags stand behind two dashes, as in ${example}`);
}

function parse<Options extends OptionValues>(command: Command<[], Options>, args: readonly string[]): string[] {
  try {
    return command.parse(args, { from: "user" }).args;
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    const reason = cause.message.replace(/^error: /, "").replaceAll("\n", " ");
    const flags = command.options.map(({ long }) => long).join(", ");
    throw new SetupError(`Wrong flags: ${reason}. The flags are ${flags}.`, { cause });
  }
}
