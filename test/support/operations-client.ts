import { vi } from "vitest";
import {
  acceptedSchema,
  type OperationsPage,
  type OperationView,
  operationsPageSchema,
  operationViewSchema,
} from "../../shared/api/operation.ts";
import { patience } from "./patience.ts";
import { strictly } from "./strictly.ts";

export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  /** Of a call that was accepted before under the same key. */
  readonly replayed: boolean;
  readonly body: unknown;
}

/** A caller of the HTTP API. */
export class OperationsClient {
  readonly #url: string;

  /** @param apiUrl without a slash at the end */
  constructor(apiUrl: string) {
    this.#url = `${apiUrl}/v1/operations`;
  }

  /** `POST /v1/operations`. A string goes out as it is. @param query with its question mark */
  async post(body: unknown, query = "", headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const response = await fetch(this.#url + query, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return await answerOf(response);
  }

  /** @param rest what follows `/v1/operations` */
  async get(rest: string): Promise<Answer> {
    return await answerOf(await fetch(this.#url + rest));
  }

  /** Submits operations that must be accepted. @returns their ids, in order */
  async handIn(commands: unknown, query = ""): Promise<string[]> {
    const body = bodyOf(await this.post(commands, query), 202);
    return strictly(acceptedSchema, body).operations.map(({ id }) => id);
  }

  async operation(id: string): Promise<OperationView> {
    return hinted(strictly(operationViewSchema, bodyOf(await this.get(`/${id}`), 200)));
  }

  /** Waits until none of them is queued any more. @returns what became of each, in order */
  async finished(ids: readonly string[]): Promise<OperationView[]> {
    const views: OperationView[] = [];
    for (const id of ids) views.push(await this.until(id, ({ status }) => status !== "queued"));
    return views;
  }

  /** Waits until the operation is as `condition` wants it. */
  async until(id: string, condition: (view: OperationView) => boolean): Promise<OperationView> {
    return await vi.waitUntil(async () => {
      const view = await this.operation(id);
      return condition(view) ? view : undefined;
    }, patience);
  }

  /** One page. @param query with its question mark */
  async page(query: string): Promise<OperationsPage> {
    const page = strictly(operationsPageSchema, bodyOf(await this.get(query), 200));
    return { ...page, operations: page.operations.map(hinted) };
  }

  /** Every page there is, by their cursors. @param query what to list, with its question mark */
  async pages(query: string): Promise<(readonly OperationView[])[]> {
    const pages: (readonly OperationView[])[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.page(cursor === undefined ? query : `${query}&cursor=${cursor}`);
      pages.push(page.operations);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return pages;
  }
}

/** Checks that each failure has a hint. @throws Error if one has none */
function hinted(view: OperationView): OperationView {
  if (view.error === undefined || view.error.hint !== undefined) return view;
  throw new Error(`${view.id} failed without a hint`);
}

async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    contentType: response.headers.get("content-type"),
    replayed: response.headers.get("idempotency-replayed") === "true",
    body: await response.json(),
  };
}

/** @throws Error if the status is another than expected */
function bodyOf({ status, body }: Answer, expected: number): unknown {
  if (status === expected) return body;
  throw new Error(`${expected} was expected, not ${status}: ${JSON.stringify(body)}`);
}
