import { Option } from "@commander-js/extra-typings";
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
