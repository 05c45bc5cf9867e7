import type { Clock } from "../time/clock.ts";

/** What came of one HTTP request to Adobe. */
export type HttpResult =
  | { readonly kind: "response"; readonly status: number; readonly headers: Headers; readonly text: string }
  /** No connection ever stood: the request was not sent. */
  | { readonly kind: "unsent" }
  /** The request went out, and no answer came within the time or before the connection ended. */
  | { readonly kind: "unanswered" };

/** Sends HTTP requests; `fetch` in production. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export class HttpExchange {
  readonly #fetch: Fetch;
  readonly #clock: Clock;

  constructor(fetch: Fetch, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /**
   * Posts `body` and waits for the whole answer, for `timeoutMs` at most. Never throws for anything that the network or
   * the other side does. A body that breaks off counts as the text received so far being nothing.
   */
  async post(url: string, headers: Record<string, string>, body: string, timeoutMs: number): Promise<HttpResult> {
    return await this.#send(url, { method: "POST", headers, body }, timeoutMs);
  }

  /** As `post`. */
  async get(url: string, headers: Record<string, string>, timeoutMs: number): Promise<HttpResult> {
    return await this.#send(url, { method: "GET", headers }, timeoutMs);
  }

  async #send(
    url: string,
    init: RequestInit & { headers: Record<string, string> },
    timeoutMs: number,
  ): Promise<HttpResult> {
    const timeout = new AbortController();
    const answered = new AbortController();
    void this.#clock.sleep(timeoutMs, answered.signal).then(
      () => timeout.abort(new Error("timed out")),
      () => undefined,
    );
    try {
      // A connection kept from an earlier invocation may have died while Lambda had the function frozen.
      const headers = { ...init.headers, connection: "close" };
      const response = await this.#fetch(url, { ...init, headers, redirect: "manual", signal: timeout.signal });
      const text = await response.text().catch(() => "");
      return { kind: "response", status: response.status, headers: response.headers, text };
    } catch (error) {
      return { kind: neverConnected(error) ? "unsent" : "unanswered" };
    } finally {
      answered.abort();
    }
  }
}

const connectFailures = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Node's `fetch` puts the system's or undici's error code on the cause; where several addresses were tried, on each. */
function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const causes: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.every((each) => each instanceof Error && "code" in each && connectFailures.has(String(each.code)));
}
