import type { Clock } from "../time/clock.ts";
import { type NetworkFault, networkFault } from "./network-fault.ts";

/** The result of one HTTP request to Adobe. */
export type HttpResult =
  | { readonly kind: "response"; readonly status: number; readonly headers: Headers; readonly text: string }
  /** No connection was made, so the request was not sent. */
  | { readonly kind: "unsent"; readonly fault?: NetworkFault }
  /** The request went out, and no answer came within the time or before the connection ended. */
  | { readonly kind: "unanswered"; readonly fault?: NetworkFault };

/** No answer came from a host. */
export interface Unreachable {
  readonly host: string;
  readonly fault: NetworkFault;
}

/** Sends HTTP requests; `fetch` in production. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export class HttpExchange {
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  readonly #report: (unreachable: Unreachable) => void;

  /** @param report is called whenever no answer comes. @default - nothing is called */
  constructor(fetch: Fetch, clock: Clock, report: (unreachable: Unreachable) => void = () => undefined) {
    this.#fetch = fetch;
    this.#clock = clock;
    this.#report = report;
  }

  /**
   * Posts `body` and waits for the whole answer, for `timeoutMs` at most. Never throws because of the network or the
   * other side. If the body breaks off, its text counts as empty.
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
      () => timeout.abort(new DOMException("timed out", "TimeoutError")),
      () => undefined,
    );
    try {
      // A connection kept from an earlier invocation may have died while Lambda froze the function.
      const headers = { ...init.headers, connection: "close" };
      const response = await this.#fetch(url, { ...init, headers, redirect: "manual", signal: timeout.signal });
      const text = await response.text().catch(() => "");
      return { kind: "response", status: response.status, headers: response.headers, text };
    } catch (error) {
      const fault = networkFault(error);
      if (fault === undefined) return { kind: "unanswered" };
      this.#report({ host: new URL(url).host, fault });
      return { kind: fault.isUnsent ? "unsent" : "unanswered", fault };
    } finally {
      answered.abort();
    }
  }
}
