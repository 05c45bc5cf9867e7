import { erasedSchema } from "../../shared/api/operation.ts";
import type { ApiFunction, simulatedFunctions } from "./functions.ts";
import { type HttpRequest, httpEvent } from "./http-event.ts";

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

type Functions = ReturnType<typeof simulatedFunctions>;

/** The service's HTTP API, as its callers reach it. */
export class SimulatedApi {
  /** ARN of whoever calls from now on. */
  caller: string | undefined;
  readonly #functions: Functions;

  constructor(functions: Functions) {
    this.#functions = functions;
  }

  /** Hands in operations as an HTTP client does. */
  async post(body: unknown, headers: Record<string, string> = {}, query = ""): Promise<ApiAnswer> {
    return await this.#call(this.#functions.submit, {
      method: "POST",
      path: `/v1/operations${query}`,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  async get(path: string): Promise<ApiAnswer> {
    return await this.#call(this.#functions.operations, { method: "GET", path });
  }

  /** @param query with its question mark */
  async retry(id: string, query = ""): Promise<ApiAnswer> {
    return await this.#call(this.#functions.retry, { method: "POST", path: `/v1/operations/${id}/retry${query}` });
  }

  /** What an operator does: `operations/{id}/cancel`, `calls/{call}/cancel`, `lane/pause`, `lane/resume`. */
  async operate(path: string, authorizer?: object): Promise<ApiAnswer> {
    return await this.#call(this.#functions.operate, { method: "POST", path: `/v1/${path}`, authorizer });
  }

  async removals(): Promise<ApiAnswer> {
    return await this.#call(this.#functions.operate, { method: "GET", path: "/v1/removals" });
  }

  async decideOnRemovals(what: "release" | "cancel", body: unknown): Promise<ApiAnswer> {
    return await this.#call(this.#functions.operate, {
      method: "POST",
      path: `/v1/removals/${what}`,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Asks until there is no more to look at. @returns the last answer, with how many operations were erased in all */
  async erase(user: string): Promise<ApiAnswer> {
    let erased = 0;
    let cursor: string | undefined;
    for (;;) {
      const answer = await this.#call(this.#functions.operate, {
        method: "POST",
        path: "/v1/erasures",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ user, cursor }),
      });
      const { data } = erasedSchema.safeParse(answer.body);
      if (answer.status !== 200 || data === undefined) return answer;
      erased += data.erased;
      cursor = data.cursor;
      if (cursor === undefined) return { status: 200, body: { ...data, erased } };
    }
  }

  /** Posts a webhook as an HR system does. */
  async deliver(source: string, headers: Readonly<Record<string, string>>, body: string): Promise<ApiAnswer> {
    const request = { method: "POST", path: `/v1/webhooks/${source}`, headers: { ...headers }, body } as const;
    return await this.#call(this.#functions.webhook, request);
  }

  /** `deliveries…`, or with a method `deliveries/{id}/retry` and `webhooks/{source}/people`. */
  async deliveries(path: string, method: "GET" | "POST" = "GET", body?: unknown): Promise<ApiAnswer> {
    const sent =
      body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return await this.#call(this.#functions.deliveries, { method, path: `/v1/${path}`, ...sent });
  }

  async lane(): Promise<ApiAnswer> {
    return await this.#call(this.#functions.operate, { method: "GET", path: "/v1/lane" });
  }

  async #call(target: ApiFunction, request: HttpRequest): Promise<ApiAnswer> {
    const answer = await target.call(httpEvent({ ...request, caller: this.caller }));
    // An HTTP API answers so for a function that died.
    if (answer === undefined) return { status: 500, body: { message: "Internal Server Error" } };
    return { status: answer.statusCode ?? 200, body: JSON.parse(answer.body ?? "null") };
  }
}
