import type * as z from "zod/mini";
import { kindOfProblem, type Problem, problemSchema } from "../shared/api/problem.ts";
import type { Fetch } from "../shared/http/exchange.ts";
import { type NetworkFault, networkFault } from "../shared/http/network-fault.ts";
import { parseJson } from "../shared/http/parse-json.ts";
import { isOf } from "../shared/schema/is-of.ts";
import type { Clock } from "../shared/time/clock.ts";
import type { Authorize } from "./authorization.ts";
import {
  FailingError,
  ForbiddenError,
  NoAnswerError,
  RefusedError,
  UnexpectedAnswerError,
  UnreachableError,
} from "./errors.ts";

/** The service is to be asked again after a pause. */
export interface AskingAgain {
  readonly reason: "no-answer" | "still-running" | "failing";
  /** HTTP status; absent where there was no answer. */
  readonly status?: number;
  readonly pauseMs: number;
}

export interface ExchangeServices {
  /** Without a slash at its end. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly authorize: Authorize;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly authorizedBy: "credentials" | "token";
  readonly onAskingAgain: (event: AskingAgain) => void;
}

/** A route of the contract, as far as it matters to an exchange. */
export interface Route<Schema> {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly answer: Schema;
}

export interface Sent {
  /** For the `{name}` of the route's path. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

/** An answer takes at most as long as the API itself waits for its functions. */
const timeoutMs = 35_000;
const pausesMs = [1000, 2000, 4000, 8000, 16_000];
/** Together longer than a call that nobody is at work on any more is kept from others. */
const leasePausesMs = Array.from({ length: 14 }, () => 5000);

/** Asks the API, and asks again what fails for a moment: under its key a call may be repeated at will. */
export class Exchange {
  readonly #services: ExchangeServices;

  constructor(services: ExchangeServices) {
    this.#services = services;
  }

  /**
   * @returns the answer, whether it is the same as to an earlier call under the same key, and how often it was asked for
   * @throws ClientError
   */
  async ask<Schema extends z.ZodMiniType>(route: Route<Schema>, sent: Sent = {}) {
    const { url, authorizedBy } = this.#services;
    const { status, json, problem, isReplay, tries } = await this.#untilAnswered(route, sent);
    if (status === route.status && isOf(route.answer, json)) return { answer: json, isReplay, tries };
    if (status < 400) throw new UnexpectedAnswerError(url, status);
    if ((status === 401 || status === 403) && problem === undefined) throw new ForbiddenError(status, authorizedBy);
    if (isPassing(status, problem)) throw new FailingError(status, problem);
    throw new RefusedError(status, problem);
  }

  async #untilAnswered(route: Route<unknown>, sent: Sent): Promise<Answer & { readonly tries: number }> {
    const { url, clock, random, onAskingAgain } = this.#services;
    for (let tries = 0; ; tries++) {
      const answer = await this.#attempt(route, sent);
      const repeat = repeatOf(answer);
      const pauseMs = repeat?.pausesMs[tries];
      if (repeat === undefined || pauseMs === undefined) {
        if (answer.kind === "answer") return { ...answer, tries: tries + 1 };
        throw new NoAnswerError(url, answer.fault);
      }
      // Of many that were turned away at once, not all come back at once.
      const spreadMs = pauseMs * (0.75 + random() / 2);
      const status = answer.kind === "answer" ? { status: answer.status } : {};
      onAskingAgain({ reason: repeat.reason, pauseMs: spreadMs, ...status });
      await clock.sleep(spreadMs, sent.signal);
    }
  }

  /**
   * @throws UnreachableError for what does not pass by itself, such as a certificate
   * @throws whatever the supplier of credentials or of a token throws
   */
  async #attempt(route: Route<unknown>, { headers = {}, body, signal, ...sent }: Sent): Promise<Answer | NoAnswer> {
    const { url, fetch, authorize } = this.#services;
    const request = { method: route.method, headers, ...(body === undefined ? {} : { body }) };
    const authorized = await authorize(url + targetOf(route.path, sent), request);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(authorized.url, {
        ...request,
        headers: authorized.headers,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        // What is sent is for this address alone.
        redirect: "manual",
      });
      const json = parseJson(await response.text());
      const isReplay = response.headers.get("idempotency-replayed") === "true";
      const problem = isOf(problemSchema, json) ? json : undefined;
      return { kind: "answer", status: response.status, json, problem, isReplay };
    } catch (error) {
      if (signal?.aborted) throw error;
      const fault = networkFault(error);
      if (fault?.passes === true) return { kind: "none", fault };
      throw new UnreachableError(url, fault, error);
    }
  }
}

function targetOf(path: string, { parameters = {}, query = {} }: Pick<Sent, "parameters" | "query">): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(parameters[name] ?? ""));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, value);
  return asked.size === 0 ? filled : `${filled}?${asked}`;
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
  readonly reason: AskingAgain["reason"];
  /** Before each try after the first. */
  readonly pausesMs: readonly number[];
}

/** Undefined for an answer that is one. */
function repeatOf(answer: Answer | NoAnswer): Repeat | undefined {
  if (answer.kind === "none") return { reason: "no-answer", pausesMs };
  const { status, problem } = answer;
  if (problem !== undefined && kindOfProblem(problem) === "still-running")
    return { reason: "still-running", pausesMs: leasePausesMs };
  return isPassing(status, problem) ? { reason: "failing", pausesMs } : undefined;
}

/** What is stored in a form that the service cannot read stays so until another version is deployed. */
function isPassing(status: number, problem: Problem | undefined): boolean {
  if (problem !== undefined && kindOfProblem(problem) === "unreadable") return false;
  return status === 429 || status >= 500;
}
