import type { Fetch } from "../../shared/http/exchange.ts";
import type { Clock } from "../../shared/time/clock.ts";

/** A fault of one HTTP request between the service and Adobe. */
export type NetworkFault =
  /** There is no connection, so Adobe does not get the request. */
  | { readonly kind: "refused" }
  /** Adobe does not get the request, and no answer comes. */
  | { readonly kind: "silence" }
  /** Adobe works on it for so long, while the caller's connection is cut at once, left hanging, or given up by a gateway. */
  | { readonly kind: "late"; readonly seconds: number; readonly meanwhile: "cut" | "silence" | 408 | 502 | 504 }
  /** Adobe has applied it, and a gateway gives this answer instead. */
  | { readonly kind: "answer"; readonly status: number; readonly retryAfter?: string }
  /** Adobe has applied it, and its answer breaks off. */
  | { readonly kind: "broken-off" }
  /** Adobe has applied it, and only this much of its answer arrives, as if that were all. */
  | { readonly kind: "shortened"; readonly share: number };

interface Pending {
  readonly path: string;
  readonly fault: NetworkFault;
  times: number;
}

/** The network between the service and Adobe. */
export class Network {
  readonly #clock: Clock;
  #pending: Pending[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes the next requests fail whose path has `path` in it. */
  befall(path: "/action/" | "/ims/" | "/users/", fault: NetworkFault, times: number): void {
    this.#pending.push({ path, fault, times });
  }

  clear(): void {
    this.#pending = [];
  }

  around(fetch: Fetch): Fetch {
    return async (url, init) => {
      const pending = this.#pending.find(({ path, times }) => times > 0 && url.includes(path));
      if (pending === undefined) return await fetch(url, init);
      pending.times -= 1;
      return await this.#befallen(pending.fault, fetch, url, init);
    };
  }

  async #befallen(fault: NetworkFault, fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
    switch (fault.kind) {
      case "refused":
        throw failure("connect ECONNREFUSED 127.0.0.1:443", "ECONNREFUSED");
      case "silence":
        return await aborted(init.signal);
      case "late": {
        const { signal: _, ...rest } = init;
        void this.#clock.sleep(fault.seconds * 1000).then(() => fetch(url, rest).catch(() => undefined));
        if (fault.meanwhile === "cut") throw failure("read ECONNRESET", "ECONNRESET");
        if (fault.meanwhile === "silence") return await aborted(init.signal);
        return new Response("<html>gateway</html>", { status: fault.meanwhile });
      }
      case "answer": {
        await fetch(url, init);
        const headers = fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
        return new Response("<html>gateway</html>", { status: fault.status, headers });
      }
      case "broken-off": {
        const { status } = await fetch(url, init);
        return new Response(breakingOff(), { status });
      }
      case "shortened": {
        const response = await fetch(url, init);
        const text = await response.text();
        return new Response(text.slice(0, Math.floor(text.length * fault.share)), { status: response.status });
      }
    }
  }
}

/** As Node's `fetch` rejects. */
function failure(message: string, code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
}

function breakingOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"completed":'));
      stream.error(failure("terminated", "UND_ERR_SOCKET"));
    },
  });
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
