import { describe, expect, test } from "vitest";
import { untouched } from "../../../../shared/operation/progress.ts";
import type { UserStep } from "../../../../shared/umapi/command.ts";
import { adding, judged, report, requestOf } from "../../../support/judging.ts";
import { operationOf, singleWork, workOf } from "../../../support/operations.ts";

const permanent = { errorCode: "error.group.not_found", message: "No such group" };
const transient = { errorCode: "error.user.update_failed", message: "Later" };
const one = (progress = {}) => requestOf(singleWork("a", adding("a@x.com", "P", "Q", "R"), progress));
const three = requestOf(...["a", "b", "c"].map((id) => singleWork(id, adding(`${id}@x.com`, "P", "Q"))));
const repeated = { ...untouched, uncertain: true };
const kinds = (outcomes: object) => Object.values(outcomes).map(({ kind }) => kind);

describe("a 200 that completed everything", () => {
  test("ends every operation", () => {
    expect(judged(three, report(3))).toEqual({
      verdict: { kind: "answered" },
      outcomes: { a: { kind: "succeeded" }, b: { kind: "succeeded" }, c: { kind: "succeeded" } },
    });
  });

  test("ends every operation in test mode, where Adobe counts elsewhere", () => {
    const work = workOf("m", [operationOf("a", adding("a@x.com", "P"), { testOnly: true })]);
    const answer = report(1, [], { completed: 0, completedInTestMode: 1 });
    expect(judged(requestOf(work), answer).outcomes).toEqual({ a: { kind: "succeeded" } });
  });

  test("with a warning ends the operation", () => {
    const warnings = [{ index: 0, step: 0, warningCode: "warning.command.deprecated", message: "" }];
    expect(judged(one(), report(1, [], { warnings })).outcomes).toEqual({ a: { kind: "succeeded" } });
  });

  test("takes a long operation to its next slice, with a clean slate", () => {
    const steps = Array.from({ length: 11 }, (): UserStep => ({ add: { group: ["P"] } }));
    const progress = { uncertain: true, faults: 3, lastFaultAt: 7, most: 1, unjoined: true, oneStep: false };
    const request = requestOf(singleWork("a", { user: "a@x.com", do: steps }, progress));
    expect(judged(request, report(1)).outcomes).toEqual({
      a: { kind: "again", progress: { ...untouched, stepsDone: 10, unjoined: true } },
    });
  });
});

describe("an error on a command", () => {
  test("is its operation's alone", () => {
    expect(judged(three, report(3, [{ index: 1, step: 1, ...permanent }])).outcomes).toEqual({
      a: { kind: "succeeded" },
      b: { kind: "failed", error: { code: "error.group.not_found", message: "No such group", step: 1 } },
      c: { kind: "succeeded" },
    });
  });

  test.each<[string, object, object]>([
    [
      "permanent",
      permanent,
      { kind: "failed", error: { code: permanent.errorCode, message: "No such group", step: 0 } },
    ],
    ["of a code that nobody has documented", { errorCode: "error.new", message: "" }, { kind: "failed" }],
    [
      "transient: it is charged",
      transient,
      { kind: "charged", progress: repeated, error: { code: transient.errorCode, message: "Later", step: 0 } },
    ],
    [
      "a busy service: it is held",
      { errorCode: "error.throttled_by_external_service" },
      { kind: "held", progress: repeated },
    ],
    [
      "too long: it goes again one step at a time",
      { errorCode: "error.command.add_remove.list_too_long" },
      { kind: "again", progress: { ...repeated, oneStep: true } },
    ],
    ["internal: it is charged", { errorCode: "error.internal.create_failed", message: "Oops" }, { kind: "charged" }],
    [
      "internal, of a field that will never do",
      { errorCode: "error.internal.create_failed", message: "lastname FIELD_MIN_LENGTH" },
      { kind: "failed" },
    ],
    [
      "internal, of a directory that is synced from elsewhere",
      { errorCode: "error.internal.update_failed", message: "NOT_ALLOWED_TO_UPDATE" },
      { kind: "failed" },
    ],
  ])("is %s", (_, error, outcome) => {
    expect(judged(one(), report(1, [{ index: 0, step: 0, ...error }])).outcomes["a"]).toMatchObject(outcome);
  });

  test("without a step fails a single operation without one", () => {
    expect(judged(one(), report(1, [{ index: 0, ...permanent }])).outcomes).toEqual({
      a: { kind: "failed", error: { code: permanent.errorCode, message: permanent.message } },
    });
    expect(judged(one(), report(1, [{ index: 0, step: null, ...transient }])).outcomes["a"]).toEqual({
      kind: "charged",
      as: "held",
      progress: repeated,
      error: { code: transient.errorCode, message: transient.message },
    });
  });

  test("may name its command and step as text", () => {
    const { outcomes } = judged(three, report(3, [{ index: "2", step: "1", ...permanent }]));
    expect(outcomes["c"]).toMatchObject({ kind: "failed", error: { step: 1 } });
    expect(kinds(outcomes)).toEqual(["succeeded", "succeeded", "failed"]);
  });

  test("at a step that the command does not have counts as one without step", () => {
    const { outcomes } = judged(one(), report(1, [{ index: 0, step: 3, ...permanent }]));
    expect(outcomes["a"]).toEqual({
      kind: "failed",
      error: { code: permanent.errorCode, message: permanent.message },
    });
  });

  test("named twice is taken at its first step", () => {
    const errors = [
      { index: 0, step: 2, errorCode: "error.second", message: "" },
      { index: 0, step: 1, errorCode: "error.first", message: "" },
    ];
    const answers = [errors, errors.toReversed()].map((all) => report(1, all, { notCompleted: 1 }));
    for (const answer of answers)
      expect(judged(one(), answer).outcomes["a"]).toMatchObject({ error: { code: "error.first", step: 1 } });
  });

  test.each<[string, { readonly step?: number }, { readonly step?: number }]>([
    ["at the same step is taken as listed first", { step: 1 }, { step: 1 }],
    ["without a step is taken before one at the first step", {}, { step: 0 }],
  ])("named twice %s", (_, first, second) => {
    const errors = [
      { index: 0, ...first, errorCode: "error.first", message: "" },
      { index: 0, ...second, errorCode: "error.second", message: "" },
    ];
    const code = (all: readonly object[]) => {
      const outcome = judged(one(), report(1, all, { notCompleted: 1 })).outcomes["a"];
      return outcome?.kind === "failed" ? outcome.error.code : undefined;
    };
    expect(code(errors)).toBe("error.first");
    expect(code(errors.toReversed())).toBe(first.step === second.step ? "error.second" : "error.first");
  });

  test("too long even with one step fails", () => {
    const tooLong = report(1, [
      { index: 0, step: 0, errorCode: "error.command.add_remove.list_too_long", message: "" },
    ]);
    expect(judged(one({ oneStep: true }), tooLong).outcomes["a"]?.kind).toBe("failed");
    expect(judged(requestOf(singleWork("a", adding("a@x.com", "P"))), tooLong).outcomes["a"]?.kind).toBe("failed");
  });
});

describe("a 200 with more not completed than it lists", () => {
  const unclear = report(3, [{ index: 1, step: 0, ...permanent }], { completed: 1, notCompleted: 2 });

  test("fails what it lists, and sends the rest again, each alone and as of unknown fate", () => {
    const again = { kind: "again", progress: { ...repeated, most: 1 } };
    expect(judged(three, unclear).outcomes).toMatchObject({ a: again, b: { kind: "failed" }, c: again });
  });

  test.each([
    ["nothing is listed", report(3, [], { completed: 2, notCompleted: 1 })],
    ["the counts leave commands out", report(3, [], { completed: 2, notCompleted: 0 })],
    ["it counts more commands than were sent", report(3, [], { completed: 3, notCompleted: 1 })],
    ["the error is of a command that was not sent", report(3, [{ index: 3, step: 0, ...permanent }])],
  ])("because %s, takes nobody for done", (_, answer) => {
    expect(kinds(judged(three, answer).outcomes)).toEqual(["again", "again", "again"]);
  });

  test("charges a single operation", () => {
    const { outcomes } = judged(one({ most: 1 }), report(1, [], { completed: 0, notCompleted: 1 }));
    expect(outcomes["a"]).toMatchObject({
      kind: "charged",
      as: "held",
      progress: { most: 1, uncertain: true },
      error: { code: "unclear_result", message: expect.stringContaining("not everything was completed") },
    });
  });

  test("sends operations that share a command again, each alone, and charges none", () => {
    const both = requestOf(
      workOf("m", [operationOf("a", adding("a@x.com", "P")), operationOf("b", adding("a@x.com", "Q"))]),
    );
    const again = { kind: "again", progress: { ...repeated, most: 1 } };
    expect(judged(both, report(1, [], { completed: 0, notCompleted: 1 })).outcomes).toEqual({ a: again, b: again });
  });
});
