/** The proxies that requests go through, and what they do not; in the form of Node.js's `proxyEnv`. */
export interface Proxies {
  readonly HTTPS_PROXY: string;
  readonly HTTP_PROXY?: string;
  readonly NO_PROXY: string;
}

/** A variable does not name a proxy that can be used. The message does not show it: it may hold a password. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
}

/** This machine, and where AWS's machines ask for their credentials: no proxy leads there. */
const alwaysDirect = ["localhost", "127.0.0.1", "::1", "[::1]", "169.254.169.254", "169.254.170.2", "[fd00:ec2::254]"];

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, also in lower case, which goes before, as with curl.
 *
 * @returns undefined if everything goes out directly
 * @throws ProxyError
 */
export function proxiesIn(environment: Readonly<Record<string, string | undefined>>): Proxies | undefined {
  const http = proxyOf(environment, "HTTP_PROXY");
  // Node.js's fetch takes the one for the other; its agents do not.
  const https = proxyOf(environment, "HTTPS_PROXY") ?? http;
  const direct = variable(environment, "NO_PROXY")
    .split(/[\s,]+/)
    .filter((host) => host !== "");
  if (https === undefined || direct.includes("*")) return undefined;
  return {
    HTTPS_PROXY: https,
    ...(http === undefined ? {} : { HTTP_PROXY: http }),
    NO_PROXY: [...new Set([...direct, ...alwaysDirect])].join(","),
  };
}

/** What an AWS client is given, which does not heed Node.js's own settings: it keeps connections of its own. */
export function awsTransport(proxies: Proxies | undefined) {
  return proxies === undefined
    ? {}
    : { requestHandler: { httpAgent: { proxyEnv: proxies }, httpsAgent: { proxyEnv: proxies } } };
}

function variable(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  return (environment[name.toLowerCase()] || environment[name] || "").trim();
}

function proxyOf(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = variable(environment, name);
  if (value === "") return undefined;
  // As curl reads it, too.
  const url = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(url))
    throw new ProxyError(`${name} is not a URL: expected one such as http://proxy.example.com:3128.`);
  const { protocol } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:")
    throw new ProxyError(
      `${name} names a proxy that speaks ${protocol.slice(0, -1)}: expected one that speaks http, such as http://proxy.example.com:3128.`,
    );
  return url;
}
