import { parseArgs } from "node:util";
import { ports } from "../ports.ts";
import type { CommandOrder } from "./action.ts";
import type { Rate } from "./limits.ts";

export interface AdobeFlags {
  /** 0 for any that is free. */
  readonly port: number;
  /** Limits of action requests, of reads of users and of reads of groups. */
  readonly rate: Rate;
  readonly usersRate: Rate;
  readonly groupsRate: Rate;
  /** 0 for no block. */
  readonly page0BlockSeconds: number;
  /** People whom the organisation has from the start. */
  readonly users: number;
  /** In which order the commands of one action request are carried out. */
  readonly order: CommandOrder;
}

/** What Node's `parseArgs` takes, and beside it what the flag `is`. */
const options = {
  port: { type: "string", default: `${ports.adobe}`, is: "port on 127.0.0.1; 0 for any that is free" },
  rate: { type: "string", default: "10/60", is: "requests/seconds of one client: action requests" },
  "rate-users": { type: "string", default: "25/60", is: "requests/seconds of one client: reads of users" },
  "rate-groups": { type: "string", default: "5/60", is: "requests/seconds of one client: reads of groups" },
  "page0-block": { type: "string", default: "0", is: "seconds of block for listing from page 0 too often" },
  users: { type: "string", default: "0", is: "people whom the organisation has at the start" },
  order: { type: "string", default: "any", is: "order of a request's commands: any, as Adobe's, or kept" },
} as const;

const USAGE = `Usage: npm run adobe -- ${Object.entries(options)
  .map(([name, { default: value }]) => `[--${name} ${value}]`)
  .join(" ")}`;

/** What `npm run adobe -- --help` prints: every flag with its default, in 80 columns. */
export const HELP = [
  "Usage: npm run adobe -- [flags]",
  "",
  "Runs the Adobe sandbox alone: IMS and the User Management API of one",
  "organisation, held in memory.",
  "",
  ...Object.entries(options).map(([name, { default: value, is }]) => `  ${`--${name} ${value}`.padEnd(20)}${is}`),
  "",
  "docs/sandbox.md says more.",
].join("\n");

/** Whether the arguments ask for help and for nothing else to be done. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.some((arg) => arg === "--help" || arg === "-h");
}

/**
 * Reads what comes after `npm run adobe --`.
 * @throws Error in one line that names the flag, what it was and what was expected
 */
export function readAdobeFlags(args: readonly string[]): AdobeFlags {
  const values = parse(args);
  return {
    port: integer("--port", values.port, 65_535),
    rate: rateOf("--rate", values.rate),
    usersRate: rateOf("--rate-users", values["rate-users"]),
    groupsRate: rateOf("--rate-groups", values["rate-groups"]),
    page0BlockSeconds: integer("--page0-block", values["page0-block"], 86_400),
    users: integer("--users", values.users, 1_000_000),
    order: orderOf(values.order),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replaceAll("\n", " ").replace(/\.$/, "");
    throw new Error(`${reason}. ${USAGE}`, { cause });
  }
}

function integer(flag: string, value: string, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= max) return number;
  throw new Error(`${flag} must be a whole number from 0 to ${max}, not "${value}". ${USAGE}`);
}

function rateOf(flag: string, value: string): Rate {
  const [, requests, seconds] = /^(\d+)\/(\d+)$/.exec(value) ?? [];
  const rate = { requests: Number(requests), seconds: Number(seconds) };
  if (rate.requests >= 1 && rate.seconds >= 1) return rate;
  throw new Error(`${flag} must be <requests>/<seconds>, each at least 1, not "${value}". ${USAGE}`);
}

function orderOf(value: string): CommandOrder {
  if (value === "any" || value === "kept") return value;
  throw new Error(`--order must be any or kept, not "${value}". ${USAGE}`);
}
