import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll } from "vitest";

/** As it was on the wire. */
export interface Recorded {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `cut` ends the connection without an answer. A body that is not a string goes out as JSON. */
export type Reply =
  | "cut"
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };

export interface RecordingServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly requests: readonly Recorded[];
  /** Forgets what it has got, and answers so from now on. */
  answer(how: (request: Recorded, index: number) => Reply): void;
}

/** An HTTP server on this machine that answers as it is told to; gone after the tests. */
export async function recordingServer(): Promise<RecordingServer> {
  const requests: Recorded[] = [];
  let how: (request: Recorded, index: number) => Reply = () => ({ status: 404 });
  const server = createServer(async (request, response) => {
    const recorded = await record(request);
    requests.push(recorded);
    const reply = how(recorded, requests.length - 1);
    if (reply === "cut") {
      request.socket.destroy();
      return;
    }
    const { status, body = "", headers } = reply;
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    answer(told) {
      requests.length = 0;
      how = told;
    },
  };
}

/** Where nobody listens. */
export async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function record(request: IncomingMessage): Promise<Recorded> {
  const { method = "", url = "", headers } = request;
  return { method, target: url, headers, body: await text(request) };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== "object" || address === null) throw new Error("The server does not listen");
  return address.port;
}
