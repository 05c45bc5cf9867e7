/** A URL cannot be used. The message says why, and what was expected. */
export class UrlError extends Error {
  override readonly name = "UrlError";
}

/**
 * Reads a URL to which credentials, tokens or people's data are sent.
 *
 * @param option the option that gave it, for messages
 * @throws UrlError if it is not an http or https URL, has more than host, port and path, or is not confidential
 */
export function readUrl(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const expected = "expected one such as https://abc123.execute-api.eu-west-1.amazonaws.com";
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw new UrlError(`${option} is not a URL: ${expected}.`);
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "")
    throw new UrlError(`${option} has more than a host and a path: ${expected}.`);
  expectConfidential(url, option);
  return url;
}

/**
 * Makes sure that secrets leave this machine over https only.
 *
 * @param what names the URL, for the message
 * @throws UrlError if others could read them on the way
 */
export function expectConfidential({ protocol, hostname }: UrlParts, what: string): void {
  if (protocol === "https:" || isOnThisMachine({ hostname })) return;
  throw new UrlError(
    `${what} must begin with https://; http is for this machine alone (127.0.0.1, localhost, [::1]), because others can read it on the way.`,
  );
}

export function isOnThisMachine({ hostname }: Pick<UrlParts, "hostname">): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}

/** The parts of a `URL`. */
type UrlParts = Pick<URL, "protocol" | "hostname">;
