/** A request to the sandbox, from a socket or from a test. */
export interface AdobeRequest {
  readonly method: string;
  /** Path with query, as on the request line. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer | string;
}

export interface HttpReply {
  readonly kind: "response";
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The result of a request: an answer, a cut connection, or silence until one side gives up. */
export type Reply = HttpReply | { readonly kind: "reset" } | { readonly kind: "hang" };

/** An answer whose body is `value` as JSON. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return {
    kind: "response",
    status,
    headers: { "content-type": "application/json;charset=UTF-8", ...headers },
    body: JSON.stringify(value),
  };
}

/** An answer without a body. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { kind: "response", status, headers, body: "" };
}
