import { ports } from "../../shared/api/local-ports.ts";
import { parseRemovalLimit } from "../../shared/removals/removal-limit.ts";
import { commandLine, readArguments } from "./command-line/command-line.ts";
import { choiceFlag, portFlag, type RateFlag, rateFlag, textFlag } from "./command-line/flags.ts";
import { expectDifferentPorts, type StackPorts } from "./ports.ts";

export interface Flags extends StackPorts {
  /** The sandbox's limit of action requests, and the lane's budget. */
  readonly rate: RateFlag;
  /** How many removals go in any window, as `removals/seconds`, or `off`. */
  readonly removalLimit: string;
  /** How tokens are obtained. */
  readonly auth: "oauth" | "jwt";
  /** A file with the sources of webhooks, in place of the ready ones. */
  readonly webhooks?: string | undefined;
}

/**
 * Reads what comes after `npm start --`.
 *
 * @throws {SetupError} in one line that names the flag, what it was and what was expected
 */
export function readFlags(args: readonly string[]): Flags {
  const flags = readArguments(npmStart(), args);
  expectDifferentPorts(flags);
  return flags;
}

/** What `npm start -- --help` shows. */
export function flagsHelp(): string {
  return npmStart().helpInformation();
}

function npmStart() {
  return commandLine("npm start", "Runs the stack on this machine, against a sandbox of Adobe's API.")
    .addOption(portFlag("--port <port>", "port of the API; 0 is any free one, as for the others", ports.api))
    .addOption(portFlag("--adobe-port <port>", "port of the Adobe sandbox", ports.adobe))
    .addOption(portFlag("--aws-port <port>", "port of SQS, DynamoDB and Secrets Manager", ports.aws))
    .addOption(rateFlag("--rate <requests/s>", "requests/seconds: action requests that are allowed, and sent", "10/60"))
    .addOption(
      textFlag(
        "--removal-limit <n/s>",
        "removals/seconds: removals of people above it wait until somebody releases them; off for none",
        "100/3600",
        {
          isValid: (text) => parseRemovalLimit(text) !== undefined,
          expected: "removals/seconds, both whole and at least 1, for example 100/3600, or off",
        },
      ),
    )
    .addOption(choiceFlag("--auth <kind>", "how tokens are obtained: oauth or jwt", ["oauth", "jwt"]))
    .option("--webhooks <file>", "sources of webhooks; without it there is a ready one for each known HR system");
}
