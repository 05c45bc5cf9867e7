import { localApiUrl } from "../operations/local-api-url.ts";
import type { Surroundings } from "../surroundings.ts";

/** Returns a command to type next, in the way this one was typed and for the same service. */
export type FollowUp = (args: string) => string;

/** @param url the service that the command was given */
export function followUp(url: string, { environment }: Pick<Surroundings, "environment">): FollowUp {
  const ways: Readonly<Record<string, string>> = { exec: "npx --no umapi", "run-script": "npm run umapi --" };
  const name = ways[environment["npm_command"] ?? ""] ?? "umapi";
  return (args) => `${name} ${args}${url === localApiUrl ? "" : ` --url ${url}`}`;
}
