import { unauthorised } from "./authorise.ts";
import type { FaultEffect } from "./fault.ts";
import { empty, type HttpReply, json } from "./reply.ts";

/** The answer that a fault asks for. If the fault has no body, it is the one that Adobe sends with that status. */
export function faultReply(effect: FaultEffect & { kind: "status" }): HttpReply {
  const reply = effect.body === undefined ? usual(effect.status, effect.message) : withBody(effect.status, effect.body);
  const headers = {
    ...reply.headers,
    ...(effect.retryAfter !== undefined && { "retry-after": String(effect.retryAfter) }),
    ...(effect.contentType !== undefined && { "content-type": effect.contentType }),
  };
  return { ...reply, headers };
}

/** Adobe's answer to a client that is over its limit. */
export function tooManyRequests(retryAfterSeconds: number): HttpReply {
  return json(429, TOO_MANY, { "retry-after": String(retryAfterSeconds) });
}

const TOO_MANY = { error_code: "429050", message: "Too many requests" };

function usual(status: number, message = "Refused as asked"): HttpReply {
  switch (status) {
    case 400:
      return json(400, { result: "error.command.malformed", message });
    case 401:
      return unauthorised("401013", "Oauth token is not valid");
    case 403:
      return json(403, { error_code: "403003", message });
    case 429:
      return json(429, TOO_MANY);
    default:
      return empty(status);
  }
}

function withBody(status: number, body: unknown): HttpReply {
  if (typeof body !== "string") return json(status, body);
  return { ...empty(status, { "content-type": "text/plain;charset=UTF-8" }), body };
}
