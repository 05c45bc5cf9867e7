import { describe, expect, test } from "vitest";
import { untouched } from "../../../../shared/operation/progress.ts";
import type { UserStep } from "../../../../shared/umapi/command.ts";
import { adding, judged, report, requestOf } from "../../../support/judging.ts";
import { operationOf, pendingOf, singleWork, workOf } from "../../../support/operations.ts";

const user = "a@x.com";
const repeated = { ...untouched, uncertain: true };
const again = { kind: "again", progress: repeated };
const names = (count: number) => Array.from({ length: count }, (_, index) => `g${index}`);

/** Two steps, three steps and two steps of three operations, in one command. */
const joined = requestOf(
  workOf("m", [
    operationOf("a", adding(user, "P", "Q")),
    operationOf("b", adding(user, "R", "S", "T")),
    operationOf("c", adding(user, "U", "V")),
  ]),
);
const errorAt = (step: number | undefined, errorCode = "error.group.not_found") =>
  report(1, [{ index: 0, ...(step === undefined ? {} : { step }), errorCode, message: "" }]);

describe("a command of several operations that fails at a step", () => {
  test.each([
    [0, ["failed", "again", "again"], 0],
    [1, ["failed", "again", "again"], 1],
    [2, ["succeeded", "failed", "again"], 0],
    [4, ["succeeded", "failed", "again"], 2],
    [5, ["succeeded", "succeeded", "failed"], 0],
    [6, ["succeeded", "succeeded", "failed"], 1],
  ])("at %i: those before are done, that step's own has the error, later ones go again", (step, kinds, own) => {
    const outcomes = Object.values(judged(joined, errorAt(step)).outcomes);
    expect(outcomes.map(({ kind }) => kind)).toEqual(kinds);
    expect(outcomes.find(({ kind }) => kind === "failed")).toMatchObject({ error: { step: own } });
    for (const outcome of outcomes) if (outcome.kind === "again") expect(outcome).toEqual(again);
  });

  test("for a while: only that step's own is charged", () => {
    const { outcomes } = judged(joined, errorAt(2, "error.user.update_failed"));
    expect(outcomes).toMatchObject({ a: { kind: "succeeded" }, b: { kind: "charged", error: { step: 0 } }, c: again });
  });

  test.each([
    ["that Adobe does not name", undefined],
    ["that it does not have", 7],
  ])("%s: they go again one by one", (_, step) => {
    const unjoined = { kind: "again", progress: { ...repeated, unjoined: true } };
    expect(judged(joined, errorAt(step)).outcomes).toEqual({ a: unjoined, b: unjoined, c: unjoined });
  });
});

describe("the step of an error counts in the caller's own steps", () => {
  const long: UserStep[] = [{ update: { firstname: "A" } }, { add: { group: names(25) } }, { add: { group: ["z"] } }];

  test.each([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
  ])("where a long list was cut: sent step %i is the caller's %i", (sent, own) => {
    const request = requestOf(singleWork("a", { user, do: long }));
    expect(judged(request, errorAt(sent)).outcomes["a"]).toMatchObject({ kind: "failed", error: { step: own } });
  });

  test("where the operation is at its second slice", () => {
    const request = requestOf(singleWork("a", { user, do: long }, { stepsDone: 2 }));
    expect(judged(request, errorAt(0)).outcomes["a"]).toMatchObject({ error: { step: 1 } });
    expect(judged(request, errorAt(2)).outcomes["a"]).toMatchObject({ error: { step: 2 } });
  });

  test("where another operation's long list stands before it in the command", () => {
    const request = requestOf({
      messageId: "m",
      operations: [
        pendingOf(operationOf("a", { user, do: long }), { stepsDone: 1 }),
        pendingOf(operationOf("b", adding(user, "P", "Q"))),
      ],
    });
    expect(judged(request, errorAt(5)).outcomes).toMatchObject({ a: { kind: "succeeded" }, b: { error: { step: 1 } } });
  });
});

test("an operation that shares a command and goes on in another is not done when the command is", () => {
  const [first, second] = [operationOf("a", adding(user, "P")), operationOf("b", adding(user, ...names(12)))];
  expect(judged(requestOf(workOf("m", [first, second])), report(1)).outcomes).toEqual({
    a: { kind: "succeeded" },
    b: { kind: "again", progress: { ...untouched, stepsDone: 9 } },
  });
});
