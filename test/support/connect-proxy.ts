import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll } from "vitest";

export interface ConnectProxy {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** `<host>:<port>` of each connection that it was asked for. */
  readonly targets: string[];
}

/**
 * A proxy on this machine that connects every host to one port of this machine; gone after the tests.
 *
 * @param to that port, or the status with which it refuses
 * @param credentials `name:password`, where it asks for them
 */
export async function connectProxy(
  to: { readonly port: number } | { readonly status: number },
  credentials?: string,
): Promise<ConnectProxy> {
  const targets: string[] = [];
  const server = createServer((_, response) => response.writeHead(501).end());
  const wanted = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`;
  server.on("connect", ({ url, headers }, socket, head) => {
    targets.push(url ?? "");
    socket.on("error", () => undefined);
    const status = "status" in to ? to.status : wanted === headers["proxy-authorization"] ? undefined : 407;
    if (status !== undefined || "status" in to) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const tunnel = connect(to.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.write(head);
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on("error", () => socket.destroy());
    socket.on("close", () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return { host: `127.0.0.1:${portOf(server.address())}`, targets };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== "object" || address === null) throw new Error("The proxy does not listen");
  return address.port;
}
