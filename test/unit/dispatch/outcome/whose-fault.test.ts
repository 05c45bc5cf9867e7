import { describe, expect, test } from "vitest";
import { untouched } from "../../../../shared/operation/progress.ts";
import type { Answer } from "../../../../shared/umapi/answer.ts";
import { adding, judged, now, openUntil, report, requestOf, response } from "../../../support/judging.ts";
import { operationOf, singleWork, workOf } from "../../../support/operations.ts";

const two = requestOf(singleWork("a", adding("a@x.com", "P")), singleWork("b", adding("b@x.com", "P")));
const one = (progress = {}) => requestOf(singleWork("a", adding("a@x.com", "P"), progress));

describe("nobody is charged, and no operation gets an outcome", () => {
  test.each<[string, Answer, object]>([
    ["a throttle", response(429, { error_code: "429050", message: "Too many requests" }), { kind: "throttled" }],
    ["a throttle that says for how long", response(429, "", 38_000), { kind: "throttled", retryAfterMs: 38_000 }],
    [
      "a migration told with 400",
      response(400, { result: "error.organization.migrating", message: "Wait" }, 5000),
      { kind: "throttled" },
    ],
    ["a migration told with 403", response(403, { error_code: "error.organization.migrating" }), { kind: "throttled" }],
    ["a token that is refused", response(401), { kind: "credentials-refused" }],
    ["a key that is not permitted", response(403, { error_code: "403003" }), { kind: "credentials-refused" }],
    ["a 403 without a word", response(403), { kind: "credentials-refused" }],
    [
      "an unknown organisation",
      response(400, { result: "error.organization.invalid_id", message: "" }),
      { kind: "credentials-refused" },
    ],
    [
      "an unknown key",
      response(400, { errorCode: "error.apikey.invalid", errorMessage: "" }),
      { kind: "credentials-refused" },
    ],
  ])("by %s", (_, answer, verdict) => {
    expect(judged(two, answer)).toEqual({ verdict, outcomes: {} });
    const suspect = one({ most: 1, faults: 4, lastFaultAt: 1 });
    expect(judged(suspect, answer, { isOfSuspects: true, isProven: () => true })).toEqual({ verdict, outcomes: {} });
  });
});

const answered: [string, Answer][] = [
  ["a 500", response(500, { result: "error", message: "" })],
  ["a 500 in the words of a refusal", response(500, { result: "error.organization.migrating", message: "" })],
  ["a 500 in the words of a refused key", response(500, { error_code: "error.apikey.invalid", message: "" })],
  ["a 500 with the counts of a 200", response(500, { result: "success", completed: 2, notCompleted: 0 })],
  ["a 503", response(503)],
  ["a status that UMAPI does not have", response(302, "Found")],
];

/** What stands between says these, or nobody does: Adobe may still apply the request. */
const unanswered: [string, Answer][] = [
  ["a 502 in HTML", response(502, "<html>Bad gateway</html>")],
  ["an empty 504", response(504)],
  ["a 408", response(408)],
  ["a timeout or a cut connection", { kind: "unanswered" }],
  ["an empty 200", response(200)],
  ["a 200 cut short", response(200, '{"result":"success","comp')],
  ["a 200 without counts", response(200, { result: "success" })],
];

describe("Adobe fails", () => {
  const progress = { ...untouched, faults: 1, lastFaultAt: now, uncertain: true };

  test.each(answered)("with %s: everything goes again, nobody is charged", (_, answer) => {
    const again = { kind: "again", progress };
    expect(judged(two, answer)).toEqual({
      verdict: { kind: "adobe-unavailable", fate: "sent" },
      outcomes: { a: again, b: again },
    });
  });

  test.each(unanswered)(
    "with %s: everything waits until Adobe can apply it no longer, nobody is charged",
    (_, answer) => {
      const parked = { kind: "parked", progress, parked: { reason: "unsettled", dueAt: openUntil } };
      expect(judged(two, answer)).toEqual({
        verdict: { kind: "adobe-unavailable", fate: "open" },
        outcomes: { a: parked, b: parked },
      });
    },
  );

  test("without a connection: no operation gets an outcome", () => {
    expect(judged(two, { kind: "unsent" })).toEqual({
      verdict: { kind: "adobe-unavailable", fate: "unsent" },
      outcomes: {},
    });
  });

  test("and says when to ask again", () => {
    expect(judged(two, response(503, "", 7000)).verdict).toEqual({
      kind: "adobe-unavailable",
      fate: "sent",
      retryAfterMs: 7000,
    });
  });

  test("at an operation that had come some way: what was done stays done", () => {
    const before = { stepsDone: 1, oneStep: true, unjoined: true };
    const request = requestOf(singleWork("a", adding("a@x.com", "P", "Q"), before));
    const { outcomes } = judged(request, response(500));
    expect(outcomes["a"]).toMatchObject({ progress: { ...before, uncertain: true } });
  });
});

describe("Adobe fails at suspects", () => {
  const failedBefore = { faults: 2, lastFaultAt: now - 60_000, most: 5, uncertain: true };
  const suspects = (count: number) =>
    requestOf(
      ...Array.from({ length: count }, (_, at) => singleWork(`s${at}`, adding(`s${at}@x.com`, "P"), failedBefore)),
    );
  const around = { isOfSuspects: true, isProven: () => true };
  const afterOthers = { kind: "parked", parked: { reason: "suspect", dueAt: now } };

  test.each([
    [5, 3],
    [3, 2],
    [2, 1],
  ])("%d together: they go again after other suspects, by halves, %d at most, and nobody is charged", (count, most) => {
    for (const outcome of Object.values(judged(suspects(count), response(500), around).outcomes))
      expect(outcome).toMatchObject({ ...afterOthers, progress: { most, faults: 3 } });
  });

  test("at one alone, while others were answered: it is charged", () => {
    const charged = {
      kind: "charged",
      as: "suspect",
      error: { code: "adobe_failed", message: expect.stringMatching(/^Adobe/) },
    };
    const progress = { ...untouched, ...failedBefore, most: 1, faults: 3, lastFaultAt: now };
    expect(judged(suspects(1), response(500), around).outcomes).toEqual({ s0: { ...charged, progress } });
    expect(judged(suspects(1), { kind: "unanswered" }, around).outcomes).toEqual({
      s0: { ...charged, progress, notBefore: openUntil },
    });
  });

  test("at one alone, with nothing proven: nobody is charged, and other suspects go first", () => {
    const { outcomes } = judged(suspects(1), response(500), { ...around, isProven: () => false });
    expect(outcomes["s0"]).toMatchObject({ ...afterOthers, progress: { faults: 3 } });
  });

  test("of one message that share a command: nobody is charged", () => {
    const both = requestOf(
      workOf("m", [operationOf("a", adding("a@x.com", "P")), operationOf("b", adding("a@x.com", "Q"))]),
    );
    for (const outcome of Object.values(judged(both, response(500), around).outcomes))
      expect(outcome).toMatchObject(afterOthers);
  });

  test("and Adobe has answered that operation since: its count of failures starts again", () => {
    const busy = report(1, [{ index: 0, step: 0, errorCode: "error.throttled_by_external_service", message: "" }]);
    const { outcomes } = judged(one(failedBefore), busy);
    expect(outcomes["a"]?.kind === "held" && outcomes["a"].progress).toEqual({ ...untouched, uncertain: true });
  });
});

describe("Adobe refuses a whole request", () => {
  const refusal = response(400, { result: "error.command.malformed", message: "Malformed" });

  test("of several commands: they go again by halves, and none was applied", () => {
    const again = { kind: "again", progress: { ...untouched, most: 1 } };
    expect(judged(two, refusal)).toEqual({
      verdict: { kind: "rejected", code: "error.command.malformed", message: "Malformed" },
      outcomes: { a: again, b: again },
    });
  });

  test("of one command that several operations share: each goes again alone", () => {
    const both = requestOf(
      workOf("m", [operationOf("a", adding("a@x.com", "P")), operationOf("b", adding("a@x.com", "Q"))]),
    );
    const again = { kind: "again", progress: { ...untouched, most: 1 } };
    expect(judged(both, refusal).outcomes).toEqual({ a: again, b: again });
  });

  test("of one operation: that fails", () => {
    const error = { code: "error.command.malformed", message: "Malformed" };
    expect(judged(one(), refusal).outcomes).toEqual({ a: { kind: "failed", error } });
  });

  test("with a code that only contains that of a refused key: it is the command's all the same", () => {
    const code = "error.command.error.apikey.x";
    expect(judged(two, response(400, { result: code, message: "" })).verdict).toMatchObject({ kind: "rejected", code });
  });

  test("without a word: the operation that is refused alone has an error all the same", () => {
    const message = "Adobe refused the request without saying why.";
    expect(judged(one(), response(400, "<html>")).outcomes).toEqual({
      a: { kind: "failed", error: { code: "error.request.refused", message } },
    });
  });
});
