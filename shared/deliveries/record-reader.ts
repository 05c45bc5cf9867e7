import type { HttpExchange, HttpResult } from "../http/exchange.ts";
import { parseJson } from "../http/parse-json.ts";
import { notPublic, tooLarge } from "../http/public-fetch.ts";
import { parseRetryAfter } from "../http/retry-after.ts";
import type { Clock } from "../time/clock.ts";
import type { RecordRequest } from "../webhooks/configuration.ts";
import type { RecordCredentials } from "../webhooks/secrets.ts";
import type { Source } from "../webhooks/source.ts";
import type { DeliveryError } from "./delivery.ts";
import type { RecordAccess, RecordAccesses } from "./record-access.ts";

/** How long an HR system may take to answer. */
const timeoutMs = 10_000;
/** The largest record that is read. */
export const maxRecordBytes = 1024 * 1024;

/** Why a record is read again later. None of them is its own fault. */
export type LaterReason = "throttled" | "unavailable" | "credentials-refused" | "credentials-unreadable";

export type RecordRead =
  | { readonly kind: "found"; readonly record: unknown }
  /** The HR system has no such record any more. */
  | { readonly kind: "gone" }
  | { readonly kind: "later"; readonly reason: LaterReason; readonly retryAfterMs?: number }
  | { readonly kind: "failed"; readonly error: DeliveryError };

export interface RecordReaderServices {
  readonly http: HttpExchange;
  readonly accesses: RecordAccesses;
  readonly clock: Clock;
  /** A server that has the records of all sources in place of the HR systems, at `/records/{source}/{id}`. */
  readonly standIn?: string | undefined;
}

/** Reads records of HR systems: one request each, to the one host that the configuration names. */
export class RecordReader {
  readonly #services: RecordReaderServices;

  constructor(services: RecordReaderServices) {
    this.#services = services;
  }

  /** Never throws because of the network or the HR system. */
  async read(
    { name, record: request }: Source,
    id: string,
    credentials: RecordCredentials | undefined,
  ): Promise<RecordRead> {
    const { http, clock, standIn } = this.#services;
    // A segment of dots would lead to another path, however it is encoded. Half a character has no encoding.
    if (request === undefined || /^\.{1,2}$/.test(id) || !id.isWellFormed())
      return failed("record-unreadable", "The record's id cannot be a part of a URL.");
    if (standIn !== undefined)
      return judged(await http.get(`${standIn}/records/${name}/${encodeURIComponent(id)}`, {}, timeoutMs), clock.now());
    return await this.#readByAccess(request, id, credentials);
  }

  async #readByAccess(request: RecordRequest, id: string, credentials: RecordCredentials | undefined) {
    const { http, accesses, clock } = this.#services;
    const access = await accesses.to(request, credentials);
    if (access.kind !== "granted") return later(withoutAccess[access.kind]);
    const { authorization } = access;
    const url = request.url.replaceAll("{id}", encodeURIComponent(id));
    const headers = { accept: "application/json", ...lowerCased(request.headers), authorization };
    const result =
      request.body === undefined
        ? await http.get(url, headers, timeoutMs)
        : await http.post(url, { "content-type": "application/json", ...headers }, bodyOf(request.body, id), timeoutMs);
    const read = judged(result, clock.now());
    if (read.kind === "later" && read.reason === "credentials-refused") accesses.forget(authorization);
    return read;
  }
}

const later = (reason: LaterReason): RecordRead => ({ kind: "later", reason });

function lowerCased(headers: RecordRequest["headers"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function bodyOf(body: NonNullable<RecordRequest["body"]>, id: string): string {
  return JSON.stringify(body, (_, value) => (typeof value === "string" ? value.replaceAll("{id}", () => id) : value));
}

const withoutAccess: Readonly<Record<Exclude<RecordAccess["kind"], "granted">, LaterReason>> = {
  "no-credentials": "credentials-unreadable",
  refused: "credentials-refused",
  unavailable: "unavailable",
};

/** Request Timeout and Too Early: the same request may be sent again. */
const isAboutTime = (status: number) => status === 408 || status === 425;

function judged(result: HttpResult, now: number): RecordRead {
  if (result.kind !== "response") {
    const code = result.fault?.code;
    if (code === notPublic) return failed("record-refused", "The record's URL does not lead to a public address.");
    if (code === tooLarge) return failed("record-unreadable", `The record has more than ${maxRecordBytes} bytes.`);
    return later("unavailable");
  }
  const { status, headers, text } = result;
  if (status === 404 || status === 410) return { kind: "gone" };
  if (status === 401) return later("credentials-refused");
  if (status === 429 || status >= 500 || isAboutTime(status)) {
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"), headers.get("date"), now);
    const reason = status === 429 ? "throttled" : "unavailable";
    return { kind: "later", reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  if (status !== 200) return failed("record-refused", `The HR system answered ${status} when the record was read.`);
  const record = parseJson(text);
  if (record === undefined) return failed("record-unreadable", "The HR system's answer is not JSON.");
  // A mapping takes null for a record that is gone, and whoever it is for a leaver: only 404 and 410 say that.
  return record === null
    ? failed("record-unreadable", "The HR system's answer is null; expected a record, or 404.")
    : { kind: "found", record };
}

const failed = (code: string, message: string): RecordRead => ({ kind: "failed", error: { code, message } });
