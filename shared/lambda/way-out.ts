import http from "node:http";
import { awsTransport, proxiesIn } from "../http/proxies.ts";

/**
 * Sends what the function asks for by `fetch` through the proxies that its environment names. Certificates are Node.js's
 * own matter: it reads `NODE_EXTRA_CA_CERTS` when it starts.
 *
 * @returns what AWS clients are to be made with, so that they go the same way
 * @throws ProxyError
 */
export function takeWayOut(environment: Readonly<Record<string, string | undefined>>): ReturnType<typeof awsTransport> {
  const proxies = proxiesIn(environment);
  if (proxies !== undefined) http.setGlobalProxyFromEnv({ ...proxies });
  return awsTransport(proxies);
}
