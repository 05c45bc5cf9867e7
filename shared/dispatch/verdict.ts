import type { Answer, AnswerBody } from "../umapi/answer.ts";

/** Whose fault an answer to an action request is. Blocks, pauses and charges follow from it. */
export type Verdict =
  /** Adobe looked at each command. */
  | { readonly kind: "answered" }
  /** Nobody's fault: the lane waits, nobody is charged. */
  | { readonly kind: "throttled"; readonly retryAfterMs?: number }
  /** The credential's fault: the lane waits, nobody is charged. */
  | { readonly kind: "credentials-refused" }
  /**
   * The lane's fault until it is proven to be a command's. `sent`: Adobe may have applied the request. `open`: it may
   * still apply it, because Adobe itself has not answered.
   */
  | { readonly kind: "adobe-unavailable"; readonly fate: "unsent" | "sent" | "open"; readonly retryAfterMs?: number }
  /** The fault of one of the commands: Adobe refused the whole request because of it. */
  | { readonly kind: "rejected"; readonly code: string; readonly message: string };

/**
 * Finds the verdict on an answer; the first rule that fits counts. A 401 comes here after the secret was read again.
 */
export function verdictOn(answer: Answer): Verdict {
  if (answer.kind !== "response")
    return { kind: "adobe-unavailable", fate: answer.kind === "unsent" ? "unsent" : "open" };
  const { status, body } = answer;
  const retryAfter = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };
  const code = refusalCode(body);
  if (status === 429) return { kind: "throttled", ...retryAfter };
  if ((status === 400 || status === 403) && code === "error.organization.migrating") return { kind: "throttled" };
  if (status === 401 || status === 403) return { kind: "credentials-refused" };
  if (status === 400 && /^error\.(organization|apikey)\./.test(code)) return { kind: "credentials-refused" };
  if (status === 400) {
    const message = body.kind === "refusal" ? body.message : "Adobe refused the request without saying why.";
    return { kind: "rejected", code: code || "error.request.refused", message };
  }
  if (status === 200 && body.kind === "report") return { kind: "answered" };
  const isGateway = status === 200 || gatewayStatuses.has(status);
  return { kind: "adobe-unavailable", fate: isGateway ? "open" : "sent", ...retryAfter };
}

/** Gateways answer with these, whatever Adobe does with the request. RFC 9110: 408, 502, 504. */
const gatewayStatuses: ReadonlySet<number> = new Set([408, 502, 504]);

function refusalCode(body: AnswerBody): string {
  return body.kind === "refusal" ? body.code : "";
}
