/** The proxies for requests, and the hosts that need none, in the form of Node.js's `proxyEnv`. */
export interface Proxies {
  readonly HTTPS_PROXY: string;
  readonly HTTP_PROXY?: string;
  readonly NO_PROXY: string;
}

/** A variable names an unusable proxy. The message does not show its value, which may hold a password. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
}

/**
 * This machine, and the addresses at which AWS gives machines their credentials. They are never reached through a
 * proxy.
 */
const alwaysDirect = ["localhost", "127.0.0.1", "::1", "[::1]", "169.254.169.254", "169.254.170.2", "[fd00:ec2::254]"];

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, also in lower case, which has precedence, as in curl.
 *
 * @returns undefined if everything goes out directly
 * @throws ProxyError
 */
export function proxiesIn(environment: Readonly<Record<string, string | undefined>>): Proxies | undefined {
  const http = proxyOf(environment, "HTTP_PROXY");
  // Node.js's fetch uses HTTP_PROXY if HTTPS_PROXY is not set; its agents do not.
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

/** Options for an AWS client, which keeps connections of its own and ignores Node.js's proxy settings. */
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
  // curl accepts a proxy without a scheme, too.
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
