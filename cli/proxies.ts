import { awsTransport, type Proxies, ProxyError, proxiesIn } from "../shared/http/proxies.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What AWS clients are made with, so that they go through the proxies of the environment, too. */
export function awsTransportOf(environment: Environment): ReturnType<typeof awsTransport> {
  const proxies = readProxies(environment);
  return awsTransport(proxies instanceof ProxyError ? undefined : proxies);
}

/**
 * Sends all that goes out by `fetch` through the proxies that the environment names. Node.js before 24.14 can be told so
 * only when it starts: then the program starts again.
 *
 * @returns why that cannot be, in a sentence or two; undefined where it is so, and where no proxy is named
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

/** Returns only where a program cannot take another's place, as on Windows. */
function startAgain(environment: Environment, proxies: Proxies): void {
  const { execPath, execArgv, argv } = process;
  // Of two spellings Node.js takes the lower case, even where that is empty.
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
    // The caller says what is to be done.
  }
}
