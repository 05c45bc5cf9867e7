import type { IncomingMessage, RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import type { Certificate } from "./certificates.ts";

export interface TlsServer {
  readonly port: number;
  /** `https://localhost:<port>` */
  readonly url: string;
  /** `<host><path>` of each request that it has had. */
  readonly requests: readonly string[];
}

/** An HTTPS server on this machine; gone after the tests. @param chain what it shows beside its own certificate */
export async function tlsServer({ cert, key }: Certificate, answer: RequestListener, chain = ""): Promise<TlsServer> {
  const requests: string[] = [];
  const server = createServer({ cert: cert + chain, key }, (request: IncomingMessage, response) => {
    requests.push(`${request.headers.host}${request.url}`);
    answer(request, response);
  });
  // A client that does not trust the certificate ends the connection.
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const port = portOf(server.address());
  return { port, url: `https://localhost:${port}`, requests };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== "object" || address === null) throw new Error("The server does not listen");
  return address.port;
}
