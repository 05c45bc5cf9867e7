import type * as z from "zod/mini";
import type { OperationView } from "../../shared/api/operation.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { type AnswerOf, routes } from "../../shared/api/routes.ts";
import type { Fetch } from "../../shared/http/exchange.ts";
import { type NetworkFault, networkFault, withFault } from "../../shared/http/network-fault.ts";
import { parseJson } from "../../shared/http/parse-json.ts";
import type { Status } from "../../shared/operation/status.ts";
import { isOf } from "../../shared/schema/is-of.ts";
import type { Clock } from "../../shared/time/clock.ts";
import { CommandError } from "../errors.ts";
import { duration } from "../output/text.ts";
import type { Output } from "../surroundings.ts";
import { ApiError, isUnreadable, problemOf, unreadableText } from "./problem.ts";

export interface OperationsApiServices {
  /** Without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Told when the service does not answer for a while. */
  readonly stderr: Output;
  /** What to do where nothing of the service is reached. @default - as the failure has it */
  readonly advice?: string | undefined;
}

export interface Filter {
  readonly status?: Status | undefined;
  /** Email or username. */
  readonly user?: string | undefined;
  readonly call?: string | undefined;
  /** What they wait for on their own account. */
  readonly waiting?: string | undefined;
}

/** A call that the service has accepted. */
export interface HandedInCall {
  /** In the order submitted. */
  readonly ids: readonly string[];
  /** Whether it had been accepted before, under the same key: perhaps by a try of ours whose answer was lost. */
  readonly repeated: boolean | "perhaps";
}

/** The most that the API gives at once. */
const pageSize = 200;
/** An answer takes at most as long as the API itself waits for its functions. */
const timeoutMs = 35_000;
const pausesMs = [1000, 2000, 4000, 8000, 16_000];
/** Together longer than a call that nobody is at work on any more is kept from others. */
const leasePausesMs = Array.from({ length: 14 }, () => 5000);

/** The service's own HTTP API. What fails for a moment is asked again; every method may throw `CommandError`. */
export class OperationsApi {
  readonly #services: OperationsApiServices;
  /** Ids that the caller was told of. */
  readonly #unreadable = new Set<string>();

  constructor(services: OperationsApiServices) {
    this.#services = services;
  }

  /**
   * Submits one call.
   *
   * @param key under which a repeat means the same operations
   * @throws ApiError if it is refused
   */
  async handIn(commands: readonly object[], key: string, testOnly: boolean): Promise<HandedInCall> {
    const response = await this.#send(`/v1/operations${testOnly ? "?testOnly=true" : ""}`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(commands),
    });
    const { operations } = await this.#read(response, routes.submit);
    const { isReplay, tries } = response;
    return { ids: operations.map(({ id }) => id), repeated: isReplay && tries > 1 ? "perhaps" : isReplay };
  }

  /** @returns undefined if there is no such operation */
  async operation(id: string): Promise<OperationView | undefined> {
    const response = await this.#send(`/v1/operations/${encodeURIComponent(id)}`);
    return response.status === 404 && response.problem !== undefined
      ? undefined
      : await this.#read(response, routes.operation);
  }

  /** Puts an operation that has failed back. @throws ApiError if it has not, or if `confirmed` is missing and needed */
  async retry(id: string, confirmed: boolean): Promise<void> {
    const path = `/v1/operations/${encodeURIComponent(id)}/retry${confirmed ? "?confirm=true" : ""}`;
    await this.#read(await this.#send(path, { method: "POST" }), routes.retry);
  }

  /** Cancels an operation. @throws ApiError if it has ended, or is being sent */
  async cancel(id: string): Promise<OperationView> {
    const path = `/v1/operations/${encodeURIComponent(id)}/cancel`;
    return await this.#read(await this.#send(path, { method: "POST" }), routes.cancel);
  }

  /** Cancels what of a call can be. @returns ids. @throws ApiError if there is no such call */
  async cancelCall(call: string): Promise<AnswerOf<"cancelCall">> {
    const path = `/v1/calls/${encodeURIComponent(call)}/cancel`;
    return await this.#read(await this.#send(path, { method: "POST" }), routes.cancelCall);
  }

  async lane(): Promise<AnswerOf<"lane">> {
    return await this.#read(await this.#send("/v1/lane"), routes.lane);
  }

  /** Either may be asked for twice. */
  async pause(): Promise<AnswerOf<"lane">> {
    return await this.#read(await this.#send("/v1/lane/pause", { method: "POST" }), routes.pause);
  }

  async resume(): Promise<AnswerOf<"lane">> {
    return await this.#read(await this.#send("/v1/lane/resume", { method: "POST" }), routes.resume);
  }

  /** Operations from new to old; those of one call as they were submitted. A page is asked for when the last is used up. */
  async *list(filter: Filter): AsyncGenerator<OperationView, void, undefined> {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(pageSize) });
      for (const [name, value] of Object.entries({ ...filter, cursor }))
        if (value !== undefined) query.set(name, value);
      const response = await this.#send(`/v1/operations?${query}`);
      const page = await this.#read(response, routes.list);
      this.#tellOfUnreadable(page.unreadable ?? []);
      yield* page.operations;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  /** Of each once: whoever waits for them asks again and again. */
  #tellOfUnreadable(ids: readonly string[]): void {
    const untold = ids.filter((id) => !this.#unreadable.has(id));
    if (untold.length === 0) return;
    for (const id of untold) this.#unreadable.add(id);
    this.#services.stderr.write(`${unreadableText(untold)}\n`);
  }

  async #read<Schema extends z.ZodMiniType>(
    { status, json, problem }: Answer,
    route: { readonly status: number; readonly answer: Schema },
  ): Promise<z.output<Schema>> {
    if (status >= 400) throw new ApiError(status, problem);
    if (status === route.status && isOf(route.answer, json)) return json;
    const redirects = status >= 300 ? ": it sends on to another address, which is not followed" : "";
    throw new CommandError(`What answers at ${this.#services.url} is not this service's API${redirects}. Check --url.`);
  }

  /** Repeats what had no answer, or one that says to come back: with its key a call may be repeated at will. */
  async #send(path: string, init: RequestInit = {}): Promise<Answer & { readonly tries: number }> {
    const { url, clock, stderr } = this.#services;
    for (let tries = 0; ; tries++) {
      const answer = await this.#attempt(path, init);
      const repeat = repeatOf(answer);
      const pauseMs = repeat?.pausesMs[tries];
      if (repeat === undefined || pauseMs === undefined) {
        if (answer.kind === "answer") return { ...answer, tries: tries + 1 };
        throw new CommandError(withFault(`${url} does not answer`, answer.fault));
      }
      stderr.write(`${repeat.reason}; asking again in ${duration(pauseMs)}.\n`);
      await clock.sleep(pauseMs);
    }
  }

  /** @throws CommandError for what does not pass by itself, such as a certificate */
  async #attempt(path: string, init: RequestInit): Promise<Answer | NoAnswer> {
    const { url, fetch, advice } = this.#services;
    try {
      const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: "manual" });
      const json = parseJson(await response.text());
      const isReplay = response.headers.get("idempotency-replayed") === "true";
      return { kind: "answer", status: response.status, json, problem: problemOf(json), isReplay };
    } catch (error) {
      if (error instanceof CommandError) throw error;
      const fault = networkFault(error);
      if (fault?.passes === true) return { kind: "none", fault };
      const told = withFault(`${url} cannot be reached`, fault && { ...fault, advice: advice ?? fault.advice });
      throw new CommandError(fault === undefined ? `${told} ${advice ?? "Check --url."}` : told, { cause: error });
    }
  }
}

interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly json: unknown;
  readonly problem: Problem | undefined;
  /** The same as to an earlier call under the same key. */
  readonly isReplay: boolean;
}

interface NoAnswer {
  readonly kind: "none";
  readonly fault: NetworkFault;
}

interface Repeat {
  readonly reason: string;
  /** Before each try after the first. */
  readonly pausesMs: readonly number[];
}

/** Undefined for an answer that is one. */
function repeatOf(answer: Answer | NoAnswer): Repeat | undefined {
  if (answer.kind === "none") return { reason: "The service gives no answer", pausesMs };
  const { status, problem } = answer;
  // Only a newer version of the service can read it.
  if (isUnreadable(problem)) return undefined;
  if (problem?.type === "urn:problem-type:umapi-workers:still-running")
    return { reason: "An earlier run is still at work on this", pausesMs: leasePausesMs };
  return status === 429 || status >= 500 ? { reason: `The service answers ${status}`, pausesMs } : undefined;
}
