import { awsTransport, type Proxies, ProxyError, proxiesIn } from "../shared/http/proxies.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Options for AWS clients, so that they too go through the proxies of the environment. */
export function awsTransportOf(environment: Environment): ReturnType<typeof awsTransport> {
  const proxies = readProxies(environment);
  return awsTransport(proxies instanceof ProxyError ? undefined : proxies);
}

/**
 * Sends every request of `fetch` through the proxies that the environment names. Node.js before 24.14 takes proxies
 * only when it starts, so there the program starts itself again.
 *
 * @returns why that is impossible, in a sentence or two; undefined if it is done, or if no proxy is named
 */
export async function goThroughProxies(environment: Environment): Promise<string | undefined> {
  const proxies = readProxies(environment);
  if (proxies === undefined) return undefined;
  if (proxies instanceof ProxyError) return `${proxies.message} Until then no proxy is used.`;
  const { default: http } = await import("node:http");
  if (typeof http.setGlobalProxyFromEnv === "function") {
    http.setGlobalProxyFromEnv({ ...proxies });
    return undefined;
  }
  if (process.allowedNodeEnvironmentFlags.has("--use-env-proxy")) {
    if (environment["NODE_USE_ENV_PROXY"] === "1" && environment["NO_PROXY"] === proxies.NO_PROXY) return undefined;
    startAgain(environment, proxies);
  }
  return `Node.js ${process.version} cannot use the proxy that HTTPS_PROXY names. Take Node.js 24.14 or newer.`;
}

function readProxies(environment: Environment): Proxies | ProxyError | undefined {
  try {
    return proxiesIn(environment);
  } catch (error) {
    if (error instanceof ProxyError) return error;
    throw error;
  }
}

/** Returns only if a program cannot replace itself by another, as on Windows. */
function startAgain(environment: Environment, proxies: Proxies): void {
  const { execPath, execArgv, argv } = process;
  // If both spellings are set, Node.js takes the one in lower case, even if it is empty.
  const others = Object.entries(environment).filter(([name]) => !/^(https?|no)_proxy$/.test(name));
  const quiet = `${environment["NODE_OPTIONS"] ?? ""} --disable-warning=UNDICI-EHPA`.trim();
  try {
    process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], {
      ...Object.fromEntries(others),
      ...proxies,
      NODE_USE_ENV_PROXY: "1",
      NODE_OPTIONS: quiet,
    });
  } catch {
    // The caller tells the user what to do.
  }
}
