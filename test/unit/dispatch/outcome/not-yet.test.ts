import { describe, expect, test } from "vitest";
import { untouched } from "../../../../shared/operation/progress.ts";
import type { Work } from "../../../../shared/planning/slices.ts";
import type { Command, UserStep } from "../../../../shared/umapi/command.ts";
import { judged, report, requestOf } from "../../../support/judging.ts";
import { operationOf, pendingOf, singleWork, workOf } from "../../../support/operations.ts";

const jane = "jane@example.com";
const onJane = (...steps: UserStep[]): Command => ({ user: jane, do: steps });
const create: UserStep = { addAdobeID: { email: jane } };
const add = (...group: string[]): UserStep => ({ add: { group } });
const names = (count: number) => Array.from({ length: count }, (_, index) => `g${index}`);
const missing = "error.user.nonexistent";
const missingAt = (step: number | undefined, errorCode = missing) =>
  report(1, [{ index: 0, ...(step === undefined ? {} : { step }), errorCode, message: "" }]);
const outcome = (work: Work, step: number | undefined, code = missing) =>
  judged(requestOf(work), missingAt(step, code)).outcomes;

describe("what an operation has created and Adobe does not find yet is charged, and it goes on behind the create", () => {
  test.each<[string, Command, number, number, number]>([
    ["at the step behind the create", onJane(create, add("P")), 1, 1, 1],
    ["at a later step", onJane(create, add("P"), { update: { firstname: "J" } }, add("Q")), 3, 3, 3],
    ["in the middle of a long list", onJane(create, add(...names(25))), 2, 2, 1],
    ["of a user group", { usergroup: "P", do: [{ createUserGroup: {} }, { add: { user: [jane] } }] }, 1, 1, 1],
  ])("%s", (_, command, step, stepsDone, own) => {
    const code = "user" in command ? missing : "error.usergroup.not_found";
    expect(outcome(singleWork("a", command), step, code)["a"]).toEqual({
      kind: "charged",
      as: "held",
      progress: { ...untouched, stepsDone, uncertain: true },
      error: { code, message: "", step: own },
    });
  });

  test("in a later slice, whose steps before it are done too", () => {
    const command = onJane(create, ...Array(15).fill(add("P")));
    expect(outcome(singleWork("a", command, { stepsDone: 10 }), 2)["a"]).toMatchObject({
      kind: "charged",
      progress: { stepsDone: 12 },
      error: { step: 12 },
    });
  });

  test("again on a repeat", () => {
    const again = singleWork("a", onJane(create, add("P"), add("Q")), { stepsDone: 1, uncertain: true });
    expect(outcome(again, 0)["a"]).toMatchObject({ kind: "charged", progress: { stepsDone: 1 }, error: { step: 1 } });
  });

  test("where Adobe names no step, it is found by sending one step at a time", () => {
    expect(outcome(singleWork("a", onJane(create, add("P"))), undefined)["a"]).toEqual({
      kind: "charged",
      as: "held",
      progress: { ...untouched, uncertain: true, oneStep: true },
      error: { code: missing, message: "" },
    });
  });

  test("where a rename may have been applied, if the new name is not known either", () => {
    const rename: UserStep = { update: { email: "roe@example.com" } };
    const repeat = singleWork("a", onJane(create, rename, add("P")), { stepsDone: 1, uncertain: true });
    expect(outcome(repeat, 0)["a"]).toMatchObject({
      kind: "renamed",
      confirmed: { kind: "again", progress: { stepsDone: 2 } },
      refuted: { kind: "charged", progress: { stepsDone: 1 }, error: { code: missing, step: 1 } },
    });
  });
});

describe("so is what an operation that travels ahead has created", () => {
  const [joiner, mover, last] = [
    operationOf("a", onJane(create)),
    operationOf("b", onJane(add("P"), add("Q"))),
    operationOf("c", onJane(add("R"))),
  ];

  test("in the same command", () => {
    expect(outcome(workOf("m", [joiner, mover, last]), 2)).toMatchObject({
      a: { kind: "succeeded" },
      b: { kind: "charged", progress: { stepsDone: 1 }, error: { step: 1 } },
      c: { kind: "again", progress: { stepsDone: 0 } },
    });
  });

  test("in a command before", () => {
    const rest: Work = { messageId: "m", operations: [{ ...pendingOf(mover), rootCreated: true }, pendingOf(last)] };
    expect(outcome(rest, 0)).toMatchObject({
      b: { kind: "charged", progress: { stepsDone: 0 } },
      c: { kind: "again" },
    });
  });
});

describe("it stays an error", () => {
  test.each<[string, Work, number]>([
    ["at the create itself", singleWork("a", onJane(create, add("P"))), 0],
    ["without a create", singleWork("a", onJane(add("P"), add("Q"))), 1],
    [
      "behind an operation that creates nothing",
      workOf("m", [operationOf("b", onJane(add("P"))), operationOf("a", onJane(add("Q")))]),
      1,
    ],
    [
      "in test mode, where nothing is created",
      workOf("m", [operationOf("a", onJane(create, add("P")), { testOnly: true })]),
      1,
    ],
  ])("%s", (_, work, step) => {
    expect(outcome(work, step)["a"]).toMatchObject({ kind: "failed", error: { code: missing } });
  });

  test("of another thing than the root", () => {
    const code = "error.group.not_found";
    expect(outcome(singleWork("a", onJane(create, add("P"))), 1, code)["a"]).toMatchObject({ kind: "failed" });
  });
});
