import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { refuseForeign } from "../http/refuse-foreign.ts";
import { type Adobe, type AdobeOptions, createAdobe } from "./adobe.ts";
import { json, type Reply } from "./reply.ts";

const MAX_BODY_BYTES = 10 * 1024 * 1024;

export interface RunningAdobe {
  readonly adobe: Adobe;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Ends every connection, also those left hanging, and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves the sandbox by HTTP on 127.0.0.1, out of reach of web pages.
 * @param options.port 0 for any free port
 * @throws an error of code EADDRINUSE if the port is taken
 */
export async function startAdobe(options: AdobeOptions & { readonly port: number }): Promise<RunningAdobe> {
  const adobe = createAdobe(options);
  const server = createServer(
    refuseForeign((request, response) => {
      serve(adobe, request, response).catch(() => response.destroy());
    }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    adobe,
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(adobe: Adobe, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) {
    send(request, response, json(413, { error_code: "413", message: "Request Entity Too Large" }));
    return;
  }
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
  const reply = await adobe.handle({ method: request.method ?? "GET", path: request.url ?? "/", headers, body });
  send(request, response, reply);
}

/** The whole body, or undefined if it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case "response":
      response.writeHead(reply.status, { ...reply.headers });
      response.end(reply.body);
      return;
    case "reset":
      request.socket.resetAndDestroy();
      return;
    case "hang":
      return;
  }
}
