import type { ServiceAnswer } from "./service.ts";

export interface ServiceErrorShape {
  /** The error's shape, as `__type` carries it: what an SDK makes its exception class from. */
  readonly type: string;
  /** The error's code, as a batch entry or the Query protocol carries it. */
  readonly code: string;
  readonly message: string;
  /** @default 400 */
  readonly status?: number;
  /** Whether to send the `x-amzn-query-error` header, from which SDKs of a Query-compatible service take the code. */
  readonly queryCompatible?: boolean;
}

/** An error that a local service answers with. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly type: string;
  readonly code: string;
  readonly status: number;
  readonly #queryCompatible: boolean;

  constructor({ type, code, message, status = 400, queryCompatible = false }: ServiceErrorShape) {
    super(message);
    this.type = type;
    this.code = code;
    this.status = status;
    this.#queryCompatible = queryCompatible;
  }

  /** True where the request was at fault, false where the service was. */
  get senderFault(): boolean {
    return this.status < 500;
  }

  toAnswer(): ServiceAnswer {
    const headers: Record<string, string> = { "x-amzn-errortype": this.type };
    // AWS: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#x-amzn-query-error
    if (this.#queryCompatible)
      headers["x-amzn-query-error"] = `${this.code};${this.senderFault ? "Sender" : "Receiver"}`;
    return { status: this.status, body: { __type: this.type, message: this.message }, headers };
  }
}
