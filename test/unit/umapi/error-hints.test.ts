import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toItem, toListed, toSummaryOfRow } from "../../../shared/ledger/item.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import { viewOf } from "../../../shared/ledger/view.ts";
import { idleLane } from "../../../shared/pacing/lane.ts";
import type { Answer } from "../../../shared/umapi/answer.ts";
import { codeRules } from "../../../shared/umapi/errors/code-rules.ts";
import { hintOn, retryMayHelp } from "../../../shared/umapi/errors/hint.ts";
import { adding, judged, now, report, requestOf, response } from "../../support/judging.ts";
import { operationOf, singleWork } from "../../support/operations.ts";

const unknown = hintOn({ code: "error.of.a.kind.that.nobody.has.documented", message: "" });
const operation = operationOf("a", adding("a@x.com", "P"));
const budget = { requests: 10, windowSeconds: 60 };

describe("an operation that failed", () => {
  const error = { code: "error.group.not_found", message: "No such group", step: 0, certain: true };
  const failed: LedgerRow = { ...newRow(operation), status: "failed", error };

  test("shows what to do beside the error as the ledger keeps it, alone and in a listing", () => {
    const item = toItem(failed);
    expect(JSON.stringify(item)).not.toContain("hint");
    for (const summary of [toSummaryOfRow(failed), toListed(item).summary]) {
      if (summary === undefined) throw new Error("the item cannot be read");
      const view = viewOf(summary, idleLane, budget, now);
      expect(view.error).toEqual({
        ...error,
        hint: expect.stringMatching(/^There is no user group or product profile/),
      });
    }
  });

  test("is the only one that has a hint", () => {
    const summary = toSummaryOfRow(newRow(operation));
    expect(viewOf(summary, idleLane, budget, now)).not.toHaveProperty("error");
  });
});

describe("a hint", () => {
  test.each([...codeRules.keys()])("on %s is its own, and a few whole sentences", (code) => {
    const hint = hintOn({ code, message: "" });
    expect(hint).not.toBe(unknown);
    expect(hint).toMatch(/^[A-Z].*[.] [A-Z].*[.]$/);
    expect(hint.length).toBeLessThan(300);
  });

  const one = (progress = {}) => requestOf(singleWork("a", adding("a@x.com", "P"), progress));
  const failedBefore = { faults: 2, lastFaultAt: now - 2, most: 1, uncertain: true };

  test.each<[string, object, Answer]>([
    ["adobe_failed", failedBefore, response(500)],
    ["unclear_result", { most: 1 }, report(1, [], { completed: 0, notCompleted: 1 })],
    ["error.request.refused", {}, response(400, "<html>")],
  ])("is given on %s, as dispatch calls it", (code, progress, answer) => {
    const outcome = judged(one(progress), answer, { isOfSuspects: true, isProven: () => true }).outcomes["a"];
    if (outcome === undefined || !("error" in outcome)) throw new Error(`no error, but ${JSON.stringify(outcome)}`);
    expect(outcome.error.code).toBe(code);
    expect(hintOn(outcome.error)).not.toBe(unknown);
  });

  test.each([
    ["lastname FIELD_MIN_LENGTH", /blank last name/],
    ["USER_CREATION_NOT_ALLOWED_FOR_DIRECTORY", /synced from Entra or Google/],
    ["No luck", /inside Adobe/],
  ])("on an internal error, documented or not, looks at its message: %s", (message, hint) => {
    for (const code of ["error.internal.create_failed", "error.internal.new"])
      expect(hintOn({ code, message })).toMatch(hint);
  });

  test("repeats nothing of the message", () => {
    const hints = (code: string) => ["", "FIELD_", "NOT_ALLOWED"].map((message) => hintOn({ code, message }));
    const anyCode = fc.oneof(fc.constantFrom(...codeRules.keys(), "error.internal.x", "constructor"), fc.string());
    fc.assert(
      fc.property(anyCode, fc.string(), (code, message) => {
        expect(hints(code)).toContain(hintOn({ code, message }));
      }),
    );
  });
});

describe("a failure that a retry cannot change", () => {
  const own = ["adobe_failed", "unclear_result", "expired", "error.request.refused", "error.nobody.has.documented"];
  const messages = ["", "lastname FIELD_MIN_LENGTH", "USER_CREATION_NOT_ALLOWED_FOR_DIRECTORY"];

  test.each([...codeRules.keys(), ...own])("is not advised to be retried, and any other is: %s", (code) => {
    for (const message of messages)
      expect(/\bretry\b/i.test(hintOn({ code, message })), hintOn({ code, message })).toBe(
        retryMayHelp({ code, message }),
      );
  });

  test.each([
    "error.country.invalid",
    "error.user.email.invalid",
    "error.user.lastname_missing",
    "error.user.already_in_org",
    "error.update.country.no_update",
    "error.usergroup.already_exists",
    "error.usergroup.readonly.add_user_not_allowed",
    ...[...codeRules.keys()].filter((code) => /^error\.command\.(create|domain|string|object)/.test(code)),
  ])("is one where the operation itself is at fault: %s", (code) => {
    expect(retryMayHelp({ code, message: "" })).toBe(false);
  });

  test.each([
    ["a group can be created", "error.group.not_found"],
    ["a restriction can be lifted", "error.user.domain_enforcement"],
    ["an account can be created", "error.user.nonexistent_or_has_conflicting_parameters"],
    ...[...codeRules].filter(([, { meaning }]) => meaning === "transient").map(([code]) => ["it passes in time", code]),
  ])("is not one where %s: %s", (_, code = "") => {
    expect(retryMayHelp({ code, message: "" })).toBe(true);
  });
});
