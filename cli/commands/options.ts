import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { localApiUrl } from "../operations/local-api-url.ts";

/** For commands that talk to the service. */
export function urlOption() {
  return new Option("--url <url>", "URL of the service's API; requests to a deployed one are signed").default(
    localApiUrl,
  );
}

export function jsonOption(description: string) {
  return new Option("--json", description);
}

/** The end of a command's help: example commands, and what each does. */
export function examples(...lines: readonly (readonly [command: string, does: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return ["", "Examples:", ...lines.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`), ""].join("\n");
}

/** For commands that need a source of webhooks. */
export function webhooksOption() {
  return new Option("--webhooks <file>", "the configuration that has the source (default: the ready sources)");
}

/** For requests that the API's authorizer does not judge. */
export function apiOption() {
  return new Option("--url <url>", "URL of the service's API").default(localApiUrl);
}

/** The value of an option that counts. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1.");
}
