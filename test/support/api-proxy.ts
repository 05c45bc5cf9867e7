import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll } from "vitest";

export interface ApiProxy {
  /** Without a slash at its end. */
  readonly url: string;
  /** What has come through, for example `GET /v1/operations?call=0123&limit=200`. */
  readonly requests: readonly string[];
  /** Passes the next calls on, and then lets no answer out. */
  withholdAfter(calls: number): void;
  /** Stops listening, and cuts all connections. */
  close(): Promise<void>;
}

/** Stands before the API and sees what a program asks of it. Closed after the tests. */
export async function apiProxy(apiUrl: string): Promise<ApiProxy> {
  const requests: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    requests.push(`${method} ${url}`);
    const body = await buffer(request);
    const sent = Object.entries(headers).filter(
      ([name, value]) => typeof value === "string" && ["content-type", "idempotency-key"].includes(name),
    );
    const answer = await fetch(apiUrl + url, {
      method,
      headers: Object.fromEntries(sent.map(([name, value]) => [name, String(value)])),
      ...(method === "GET" ? {} : { body }),
    });
    const text = await answer.text();
    left--;
    if (left < 0) return;
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" }).end(text);
  });
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    }),
  );
  const close = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  afterAll(close);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    withholdAfter(calls) {
      left = calls;
    },
    close,
  };
}
