import { parseArgs } from "node:util";
import { SetupError } from "./host/setup-error.ts";
import { ports } from "./ports.ts";

export interface Flags {
  /** The HTTP API's. 0 for any that is free, as with the other ports. */
  readonly port: number;
  readonly adobePort: number;
  readonly awsPort: number;
  /** The sandbox's limit of action requests, and the lane's budget. */
  readonly rate: { readonly requests: number; readonly seconds: number };
  /** How tokens are obtained. */
  readonly auth: "oauth" | "jwt";
}

const options = {
  port: { type: "string", default: `${ports.api}` },
  "adobe-port": { type: "string", default: `${ports.adobe}` },
  "aws-port": { type: "string", default: `${ports.aws}` },
  rate: { type: "string", default: "10/60" },
  auth: { type: "string", default: "oauth" },
} as const;

/**
 * Reads what comes after `npm start --`.
 *
 * @throws {SetupError} in one line that names the flag, what it was and what was expected
 */
export function readFlags(args: readonly string[]): Flags {
  const values = parse(args);
  return {
    port: readPort("--port", values.port),
    adobePort: readPort("--adobe-port", values["adobe-port"]),
    awsPort: readPort("--aws-port", values["aws-port"]),
    rate: readRate(values.rate),
    auth: readAuth(values.auth),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split("\n");
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new SetupError(`${reason} The flags are ${known.join(", ")}.`, { cause });
  }
}

function readPort(flag: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new SetupError(`${flag} is "${value}"; expected a port from 0 (any that is free) to 65535`);
}

function readRate(value: string): Flags["rate"] {
  const [, requests, seconds] = /^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? [];
  const rate = { requests: Number(requests), seconds: Number(seconds) };
  if (rate.requests >= 1 && rate.seconds >= 1) return rate;
  throw new SetupError(`--rate is "${value}"; expected requests/seconds, both whole and at least 1, for example 10/60`);
}

function readAuth(value: string): Flags["auth"] {
  if (value === "oauth" || value === "jwt") return value;
  throw new SetupError(`--auth is "${value}"; expected oauth or jwt`);
}
