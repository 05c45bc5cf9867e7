import { CommandError } from "./errors.ts";

/** @throws CommandError if it is no http or https URL, or has more than host, port and path */
export function readUrl(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const expected = "expected one such as https://abc123.execute-api.eu-west-1.amazonaws.com";
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw new CommandError(`${option} is no URL: ${expected}.`);
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "")
    throw new CommandError(`${option} has more than a host and a path: ${expected}.`);
  return url;
}
