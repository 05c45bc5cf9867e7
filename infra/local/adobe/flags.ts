import { commandLine, readArguments } from "../command-line/command-line.ts";
import { choiceFlag, countFlag, portFlag, rateFlag } from "../command-line/flags.ts";
import type { CommandOrder } from "./action.ts";
import type { Rate } from "./limits.ts";

export interface AdobeFlags {
  /** 0 for any free port. */
  readonly port: number;
  /** Limits of action requests, of reads of users and of reads of groups. */
  readonly rate: Rate;
  readonly usersRate: Rate;
  readonly groupsRate: Rate;
  /** 0 for no block. */
  readonly page0BlockSeconds: number;
  /** How many people the organisation has at the start. */
  readonly users: number;
  /** The order in which the commands of one action request are carried out. */
  readonly order: CommandOrder;
}

/**
 * Reads what comes after `npm run adobe --`.
 *
 * @throws {SetupError} in one line that names the flag, what it was and what was expected
 */
export function readAdobeFlags(args: readonly string[]): AdobeFlags {
  const { rateUsers, rateGroups, page0Block, ...flags } = readArguments(npmRunAdobe(), args);
  return { ...flags, usersRate: rateUsers, groupsRate: rateGroups, page0BlockSeconds: page0Block };
}

/** What `npm run adobe -- --help` shows. */
export function adobeFlagsHelp(): string {
  return npmRunAdobe().helpInformation();
}

function npmRunAdobe() {
  return commandLine("npm run adobe", "Runs the sandbox of Adobe's API alone.")
    .addOption(portFlag("--port <port>", "port on 127.0.0.1; 0 is any free one", 3001))
    .addOption(rateFlag("--rate <requests/s>", "requests/seconds of one client: action requests", "10/60"))
    .addOption(rateFlag("--rate-users <requests/s>", "requests/seconds of one client: reads of users", "25/60"))
    .addOption(rateFlag("--rate-groups <requests/s>", "requests/seconds of one client: reads of groups", "5/60"))
    .addOption(countFlag("--page0-block <seconds>", "seconds of block for listing from page 0 too often", 0, 86_400))
    .addOption(countFlag("--users <count>", "how many people the organisation has at the start", 0, 1_000_000))
    .addOption(
      choiceFlag("--order <order>", "order of a request's commands: any, as Adobe's, or kept", ["any", "kept"]),
    );
}
