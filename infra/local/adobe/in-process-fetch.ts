import type { Adobe } from "./adobe.ts";

/**
 * A `fetch` that reaches the sandbox without a socket, for runs under a simulated clock. It behaves as the real one:
 * a cut connection rejects with `TypeError("fetch failed")` whose cause has the code ECONNRESET, a call left hanging
 * rejects with the signal's reason once that aborts.
 */
export function adobeFetch(adobe: Adobe): typeof fetch {
  return async (input, init) => {
    const { signal, ...rest } = init ?? {};
    signal?.throwIfAborted();
    const request = new Request(input, rest);
    const url = new URL(request.url);
    const reply = await adobe.handle({
      method: request.method,
      path: url.pathname + url.search,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    });
    switch (reply.kind) {
      case "response":
        return new Response(reply.body === "" ? null : reply.body, { status: reply.status, headers: reply.headers });
      case "reset":
        throw new TypeError("fetch failed", {
          cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" }),
        });
      case "hang":
        return aborted(signal);
    }
  };
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
