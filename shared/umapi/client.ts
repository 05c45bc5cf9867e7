import type { HttpExchange } from "../http-exchange.ts";
import type { Access } from "../ims/token-source.ts";
import { type Answer, parseAnswerBody } from "./answer.ts";
import type { Command } from "./command.ts";
import { parseRetryAfter } from "./retry-after.ts";

export interface UmapiSettings {
  /** Without a slash at its end, such as `https://usermanagement.adobe.io/v2/usermanagement`. */
  readonly umapiUrl: string;
  readonly requestTimeoutSeconds: number;
}

/** One action request as it goes out. */
export interface ActionRequest {
  /** Sent as `X-Request-Id`, by which Adobe can be asked about it. */
  readonly id: string;
  readonly testOnly: boolean;
  /** 1 to 10 commands, none longer than Adobe takes. */
  readonly commands: readonly Command[];
}

/** How Adobe addresses one user. */
export interface UserName {
  /** An email, or a username together with `domain`. */
  readonly user: string;
  readonly domain?: string;
}

/** Whether Adobe knows a user. */
export type UserReading =
  | { readonly kind: "found" }
  | { readonly kind: "missing" }
  | {
      readonly kind: "unavailable";
      readonly reason: "throttled" | "adobe-unavailable";
      readonly retryAfterMs?: number;
    };

/** Adobe's User Management API, one request at a time, without retries. */
export class UmapiClient {
  readonly #http: HttpExchange;
  readonly #settings: UmapiSettings;
  readonly #now: () => number;

  constructor(http: HttpExchange, settings: UmapiSettings, now: () => number) {
    this.#http = http;
    this.#settings = settings;
    this.#now = now;
  }

  /** Never throws for anything that the network or Adobe does. */
  async act(request: ActionRequest, access: Access): Promise<Answer> {
    const { umapiUrl, requestTimeoutSeconds } = this.#settings;
    const result = await this.#http.post(
      `${umapiUrl}/action/${pathSegment(access.orgId)}${request.testOnly ? "?testOnly=true" : ""}`,
      {
        authorization: `Bearer ${access.token}`,
        "x-api-key": access.clientId,
        "x-request-id": request.id,
        // Field reports: a charset parameter is refused.
        "content-type": "application/json",
        accept: "application/json",
      },
      JSON.stringify(request.commands),
      requestTimeoutSeconds * 1000,
    );
    if (result.kind !== "response") return result;
    const { status, headers, text } = result;
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"), headers.get("date"), this.#now());
    return {
      kind: "response",
      status,
      body: parseAnswerBody(text),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }

  /** Reads one user. Never throws for anything that the network or Adobe does. */
  async readUser({ user, domain }: UserName, access: Access): Promise<UserReading> {
    const { umapiUrl, requestTimeoutSeconds } = this.#settings;
    const query = domain === undefined ? "" : `?domain=${encodeURIComponent(domain)}`;
    const result = await this.#http.get(
      `${umapiUrl}/organizations/${pathSegment(access.orgId)}/users/${pathSegment(user)}${query}`,
      { authorization: `Bearer ${access.token}`, "x-api-key": access.clientId, accept: "application/json" },
      requestTimeoutSeconds * 1000,
    );
    if (result.kind !== "response") return { kind: "unavailable", reason: "adobe-unavailable" };
    const { status, headers } = result;
    if (status === 200) return { kind: "found" };
    if (status === 404) return { kind: "missing" };
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"), headers.get("date"), this.#now());
    const reason = status === 429 ? "throttled" : "adobe-unavailable";
    return { kind: "unavailable", reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
}

/** Organisation ids and emails keep their `@`, as in Adobe's own examples. */
function pathSegment(text: string): string {
  return encodeURIComponent(text).replaceAll("%40", "@");
}
