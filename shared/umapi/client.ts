import type { HttpExchange } from "../http/exchange.ts";
import type { NetworkFault } from "../http/network-fault.ts";
import { parseRetryAfter } from "../http/retry-after.ts";
import type { Access } from "./access.ts";
import { type Answer, parseAnswerBody } from "./answer.ts";
import type { Command } from "./command.ts";
import { pathSegment } from "./path-segment.ts";

export interface UmapiSettings {
  /** Without a slash at its end, such as `https://usermanagement.adobe.io/v2/usermanagement`. */
  readonly umapiUrl: string;
  readonly requestTimeoutSeconds: number;
}

/** One action request as it goes out. */
export interface ActionRequest {
  /** Sent as `X-Request-Id`, which Adobe's support can look up. */
  readonly id: string;
  readonly testOnly: boolean;
  /** 1 to 10 commands, each within Adobe's limits. */
  readonly commands: readonly Command[];
}

/** The name by which Adobe addresses one user. */
export interface UserName {
  /** An email, or a username together with `domain`. */
  readonly user: string;
  readonly domain?: string;
}

/** One GET as it goes out: `/{collection}/{the organisation}/{below}?{query}`. */
export interface ReadRequest {
  /** Sent as `X-Request-Id`, which Adobe's support can look up. */
  readonly id: string;
  readonly collection: "users" | "groups" | "organizations";
  /** The path below the organisation, percent-encoded. */
  readonly below: string;
  readonly query: Readonly<Record<string, string>>;
  /** Marks the first and the last page of a listing of the organisation's users or groups. */
  readonly pragma?: "umapi-sync-start" | "umapi-sync-end";
}

/** The result of one GET, as the network shows it. */
export type ReadAnswer =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: "unsent" | "unanswered"; readonly fault?: NetworkFault };

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

  /** Never throws because of the network or Adobe. */
  async act(request: ActionRequest, access: Access): Promise<Answer> {
    const { umapiUrl, requestTimeoutSeconds } = this.#settings;
    const result = await this.#http.post(
      `${umapiUrl}/action/${pathSegment(access.orgId)}${request.testOnly ? "?testOnly=true" : ""}`,
      {
        authorization: `Bearer ${access.token}`,
        "x-api-key": access.clientId,
        "x-request-id": request.id,
        // Users report that Adobe refuses a charset parameter.
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

  /** Never throws because of the network or Adobe. */
  async read({ id, collection, below, query, pragma }: ReadRequest, access: Access): Promise<ReadAnswer> {
    const { umapiUrl, requestTimeoutSeconds } = this.#settings;
    const search = new URLSearchParams(query).toString();
    const result = await this.#http.get(
      `${umapiUrl}/${collection}/${pathSegment(access.orgId)}/${below}${search === "" ? "" : `?${search}`}`,
      {
        authorization: `Bearer ${access.token}`,
        "x-api-key": access.clientId,
        "x-request-id": id,
        accept: "application/json",
        ...(pragma === undefined ? {} : { pragma }),
      },
      requestTimeoutSeconds * 1000,
    );
    if (result.kind !== "response") return result;
    const { headers } = result;
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"), headers.get("date"), this.#now());
    return { ...result, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
}
