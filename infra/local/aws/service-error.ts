import type { ServiceAnswer } from "./service.ts";

export interface ServiceErrorShape {
  /** The error's shape, in `__type`. An SDK derives its exception class from it. */
  readonly type: string;
  /** The error's code, as in a batch entry or the Query protocol. */
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

  /** Whether the request was at fault, and not the service. */
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
