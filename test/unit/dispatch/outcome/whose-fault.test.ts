import { describe, expect, test } from "vitest";
import { untouched } from "../../../../shared/operation/progress.ts";
import type { Answer } from "../../../../shared/umapi/answer.ts";
import { adding, judged, now, report, requestOf, response } from "../../../support/judging.ts";
import { operationOf, singleWork, workOf } from "../../../support/operations.ts";

const two = requestOf(singleWork("a", adding("a@x.com", "P")), singleWork("b", adding("b@x.com", "P")));
const one = (progress = {}) => requestOf(singleWork("a", adding("a@x.com", "P"), progress));

describe("nobody is charged, and nothing is said of any operation", () => {
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
    expect(judged(two, answer)).toEqual({ verdict, provenOwn: false, outcomes: {} });
    expect(judged(one({ alone: true, faults: 4, lastFaultAt: 1 }), answer, { lastSuccessAt: now })).toEqual({
      verdict,
      provenOwn: false,
      outcomes: {},
    });
  });
});

const failures: [string, Answer, boolean][] = [
  ["a 500", response(500, { result: "error", message: "" }), true],
  ["a 502 in HTML", response(502, "<html>Bad gateway</html>"), true],
  ["a 503", response(503), true],
  ["an empty 504", response(504), true],
  ["a timeout or a cut connection", { kind: "unanswered" }, true],
  ["a connection that never stood", { kind: "unsent" }, false],
  ["an empty 200", response(200), true],
  ["a 200 cut short", response(200, '{"result":"success","comp'), true],
  ["a 200 without counts", response(200, { result: "success" }), true],
  ["a status that UMAPI does not have", response(302, "Found"), true],
];

describe("Adobe fails", () => {
  test.each(failures)("with %s: everything goes again, nobody is charged", (_, answer, sent) => {
    const progress = { ...untouched, faults: 1, lastFaultAt: now, uncertain: sent };
    const again = { kind: "again", progress };
    expect(judged(two, answer)).toEqual({
      verdict: { kind: "adobe-unavailable", sent },
      provenOwn: false,
      outcomes: { a: again, b: again },
    });
  });

  test.each(failures)("with %s for the second time: the operation travels alone from then on", (_, answer) => {
    const { outcomes } = judged(one({ faults: 1, lastFaultAt: 5 }), answer);
    expect(outcomes["a"]).toMatchObject({ kind: "again", progress: { alone: true, faults: 2, lastFaultAt: now } });
  });

  test("and says when to ask again", () => {
    expect(judged(two, response(503, "", 7000)).verdict).toEqual({
      kind: "adobe-unavailable",
      sent: true,
      retryAfterMs: 7000,
    });
  });

  test("before an answer was unknown anyway: it stays unknown, and what was done stays done", () => {
    const { outcomes } = judged(one({ uncertain: true, oneStep: true, unjoined: true }), { kind: "unsent" });
    expect(outcomes["a"]).toMatchObject({ progress: { uncertain: true, oneStep: true, unjoined: true } });
  });
});

describe("Adobe fails at one operation alone", () => {
  const failedBefore = { faults: 2, lastFaultAt: now - 60_000, alone: true, uncertain: true };

  test("and answered another since: the operation is charged, the lane is not to blame", () => {
    const { provenOwn, outcomes } = judged(one(failedBefore), response(500), { lastSuccessAt: now - 1000 });
    expect(provenOwn).toBe(true);
    expect(outcomes["a"]).toEqual({
      kind: "charged",
      progress: { ...untouched, ...failedBefore, faults: 3, lastFaultAt: now },
      error: { code: "adobe_failed", message: expect.any(String) },
    });
  });

  test.each([
    ["and nothing was answered since", failedBefore, now - 60_000],
    ["and nothing was ever answered", failedBefore, 0],
    ["for the first time", {}, now - 1000],
  ])("%s: nobody is charged", (_, progress, lastSuccessAt) => {
    const { provenOwn, outcomes } = judged(one(progress), { kind: "unanswered" }, { lastSuccessAt });
    expect(provenOwn).toBe(false);
    expect(outcomes["a"]?.kind).toBe("again");
  });

  test("without anything being sent: that proves nothing of the operation", () => {
    const { provenOwn, outcomes } = judged(one(failedBefore), { kind: "unsent" }, { lastSuccessAt: now - 1000 });
    expect(provenOwn).toBe(false);
    expect(outcomes["a"]?.kind).toBe("again");
  });

  test("since which Adobe has answered that operation itself: the row of failures starts anew", () => {
    const busy = report(1, [{ index: 0, step: 0, errorCode: "error.throttled_by_external_service", message: "" }]);
    const { outcomes } = judged(one(failedBefore), busy);
    expect(outcomes["a"]?.kind === "held" && outcomes["a"].progress).toEqual({
      ...untouched,
      alone: true,
      uncertain: true,
    });
  });

  test("among several: nobody is charged", () => {
    const both = requestOf(
      workOf("m", [operationOf("a", adding("a@x.com", "P")), operationOf("b", adding("a@x.com", "Q"))]),
    );
    const { provenOwn, outcomes } = judged(both, response(500), { lastSuccessAt: now });
    expect(provenOwn).toBe(false);
    expect(Object.values(outcomes).map(({ kind }) => kind)).toEqual(["again", "again"]);
  });
});

describe("Adobe refuses a whole request", () => {
  const refusal = response(400, { result: "error.command.malformed", message: "Malformed" });

  test("of several commands: each goes again alone, and none was applied", () => {
    const again = { kind: "again", progress: { ...untouched, alone: true } };
    expect(judged(two, refusal)).toEqual({
      verdict: { kind: "rejected", code: "error.command.malformed", message: "Malformed" },
      provenOwn: false,
      outcomes: { a: again, b: again },
    });
  });

  test("of one command that several operations share: each goes again alone", () => {
    const both = requestOf(
      workOf("m", [operationOf("a", adding("a@x.com", "P")), operationOf("b", adding("a@x.com", "Q"))]),
    );
    const again = { kind: "again", progress: { ...untouched, alone: true } };
    expect(judged(both, refusal).outcomes).toEqual({ a: again, b: again });
  });

  test("of one operation: that fails", () => {
    const error = { code: "error.command.malformed", message: "Malformed" };
    expect(judged(one(), refusal).outcomes).toEqual({ a: { kind: "failed", error } });
  });

  test("without a word: the operation that is refused alone has an error all the same", () => {
    const { outcomes } = judged(one(), response(400, "<html>"));
    expect(outcomes["a"]).toMatchObject({ kind: "failed", error: { code: "error.request.refused" } });
    expect(outcomes["a"]?.kind === "failed" && outcomes["a"].error.message).not.toBe("");
  });
});
