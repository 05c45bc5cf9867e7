import { type Proxies, ProxyError, proxiesIn } from "../shared/http/proxies.ts";
import { CommandError } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws CommandError if a variable does not name a proxy that can be used */
export function readProxies(environment: Environment): Proxies | undefined {
  try {
    return proxiesIn(environment);
  } catch (cause) {
    if (!(cause instanceof ProxyError)) throw cause;
    throw new CommandError(cause.message, { cause });
  }
}

/**
 * Sends all that goes out by `fetch` through the proxies that the environment names. Node.js before 24.14 can be told so
 * only when it starts: then the program starts again.
 *
 * @returns whether it is so; false with a Node.js that knows no proxies
 * @throws CommandError
 */
export async function goThroughProxies(environment: Environment): Promise<boolean> {
  const proxies = readProxies(environment);
  if (proxies === undefined) return true;
  const { default: http } = await import("node:http");
  if (typeof http.setGlobalProxyFromEnv === "function") {
    http.setGlobalProxyFromEnv({ ...proxies });
    return true;
  }
  if (!process.allowedNodeEnvironmentFlags.has("--use-env-proxy")) return false;
  return environment["NODE_USE_ENV_PROXY"] === "1" && environment["NO_PROXY"] === proxies.NO_PROXY
    ? true
    : startAgain(environment, proxies);
}

/** @returns false where a program cannot take another's place, as on Windows */
function startAgain(environment: Environment, proxies: Proxies): boolean {
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
  return false;
}
