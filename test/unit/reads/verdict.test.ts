import { expect, test } from "vitest";
import { judgeRead } from "../../../shared/reads/verdict.ts";

const parse = (json: unknown) => (json === undefined ? undefined : "result");
const said = (status: number, body: unknown = "", retryAfterMs?: number) =>
  judgeRead(
    {
      kind: "response",
      status,
      headers: new Headers(),
      text: typeof body === "string" ? body : JSON.stringify(body),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    parse,
  );

test.each([
  [200, {}, { kind: "read", result: "result" }],
  [200, "<html>", { kind: "adobe-unavailable", status: 200 }],
  [404, { result: "error.user.not_found", message: "User not found x" }, { kind: "missing" }],
  [404, { result: "error.group.not_found" }, { kind: "missing" }],
  [404, "<html>", { kind: "read-refused", status: 404 }],
  [404, { error_code: "404", message: "" }, { kind: "read-refused", status: 404, adobeCode: "404" }],
  [401, "", { kind: "unauthorized" }],
  [403, { error_code: "403003", message: "" }, { kind: "credentials-refused", status: 403, adobeCode: "403003" }],
  [403, "", { kind: "credentials-refused", status: 403 }],
  [403, { errorCode: "error.organization.migrating" }, { kind: "adobe-unavailable", status: 403 }],
  [
    400,
    { result: "error.organization.invalid_id" },
    { kind: "credentials-refused", status: 400, adobeCode: "error.organization.invalid_id" },
  ],
  [
    400,
    { result: "error.domain.trust.nonexistent" },
    { kind: "read-refused", status: 400, adobeCode: "error.domain.trust.nonexistent" },
  ],
  [400, { result: "No user ada@example.com" }, { kind: "read-refused", status: 400 }],
  [408, "", { kind: "adobe-unavailable", status: 408 }],
  [302, "", { kind: "adobe-unavailable", status: 302 }],
  [504, "", { kind: "adobe-unavailable", status: 504 }],
])("%i with %j means %j", (status, body, verdict) => {
  expect(said(status, body)).toEqual(verdict);
});

test("what Adobe asks to wait is kept with a throttle and with a fault", () => {
  expect(said(429, "", 3_244_000)).toEqual({ kind: "throttled", retryAfterMs: 3_244_000 });
  expect(said(503, "", 5000)).toEqual({ kind: "adobe-unavailable", status: 503, retryAfterMs: 5000 });
});

test.each(["unsent", "unanswered"] as const)("%s is a fault of Adobe's", (kind) => {
  expect(judgeRead({ kind }, parse)).toEqual({ kind: "adobe-unavailable" });
});
