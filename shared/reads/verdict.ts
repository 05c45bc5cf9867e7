import type { NetworkFault } from "../http/network-fault.ts";
import { parseJson } from "../http/parse-json.ts";
import type { LaneNews } from "../pacing/lane.ts";
import { parseAnswerBody } from "../umapi/answer.ts";
import type { ReadAnswer } from "../umapi/client.ts";

/** What an answer to a read means. */
export type ReadVerdict<Result> =
  | { readonly kind: "read"; readonly result: Result }
  /** There is no such user or group. */
  | { readonly kind: "missing" }
  | { readonly kind: "throttled"; readonly retryAfterMs?: number }
  /** A fault of Adobe's that may pass. `status` is absent if no answer came. */
  | {
      readonly kind: "adobe-unavailable";
      readonly retryAfterMs?: number;
      readonly status?: number;
      readonly fault?: NetworkFault;
    }
  /** The token is not valid, or no longer. */
  | { readonly kind: "unauthorized" }
  /** A fault of the credential or of the caller, which will not pass. */
  | { readonly kind: "credentials-refused" | "read-refused"; readonly status: number; readonly adobeCode?: string };

const missing = /^error\.(user|group)\.(not_found|nonexistent)$/;
const transient = /^error\.(organization\.migrating|api\.not_available)$/;
const credentials = /^error\.(organization|apikey)\./;

/** @param parse returns the result from the JSON and the headers of a 200, or undefined if there is none in them */
export function judgeRead<Result>(
  answer: ReadAnswer,
  parse: (json: unknown, headers: Headers) => Result | undefined,
): ReadVerdict<Result> {
  if (answer.kind !== "response")
    return { kind: "adobe-unavailable", ...(answer.fault === undefined ? {} : { fault: answer.fault }) };
  const { status, headers, text } = answer;
  const wait = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };
  if (status === 429) return { kind: "throttled", ...wait };
  if (status === 401) return { kind: "unauthorized" };
  if (status === 200) {
    const result = parse(parseJson(text), headers);
    return result === undefined ? { kind: "adobe-unavailable", status, ...wait } : { kind: "read", result };
  }
  const code = codeIn(text);
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  if (!isRefusal || (code !== undefined && transient.test(code))) return { kind: "adobe-unavailable", status, ...wait };
  // A 404 without a code may come from a gateway, and says nothing about the user.
  if (code !== undefined && missing.test(code)) return { kind: "missing" };
  const isCredential = status === 403 || (code !== undefined && credentials.test(code));
  return {
    kind: isCredential ? "credentials-refused" : "read-refused",
    status,
    ...(code === undefined ? {} : { adobeCode: code }),
  };
}

/** Adobe's code in a refusal, if it looks like a code: anything else might hold a name. */
function codeIn(text: string): string | undefined {
  const body = parseAnswerBody(text);
  return body.kind === "refusal" && /^[\w.]{1,100}$/.test(body.code) ? body.code : undefined;
}

/** What the verdict says about the lane. */
export function newsIn(verdict: ReadVerdict<unknown>): LaneNews | undefined {
  switch (verdict.kind) {
    case "read":
    case "missing":
      return { kind: "success" };
    case "throttled":
    case "adobe-unavailable":
      return verdict.retryAfterMs === undefined
        ? { kind: verdict.kind }
        : { kind: verdict.kind, retryAfterMs: verdict.retryAfterMs };
    case "credentials-refused":
      return { kind: "credentials-refused" };
    case "unauthorized":
    case "read-refused":
      return undefined;
  }
}
