import { describe, expect, test } from "vitest";
import type { Repeats } from "../../../cli/operations/repeats.ts";
import { lookOf } from "../../../cli/output/look.ts";
import { outcomeText } from "../../../cli/output/outcome.ts";
import type { SeenOperation } from "../../../client/seen-operation.ts";
import { codeRules } from "../../../shared/umapi/errors/code-rules.ts";
import { retryMayHelp } from "../../../shared/umapi/errors/hint.ts";
import { kept } from "../../support/umapi-in-process.ts";

const look = lookOf(kept(), {});

function operations(...codes: readonly (string | undefined)[]): SeenOperation[] {
  return codes.map((code, index) => ({
    id: `call-00${index}`,
    status: code === undefined ? "succeeded" : "failed",
    user: `p${index}@example.com`,
    attempts: 0,
    acceptedAt: "2026-01-05T09:00:00.000Z",
    updatedAt: "2026-01-05T09:00:00.000Z",
    ...(code === undefined ? {} : { error: { code, message: "No", certain: true } }),
  }));
}

const told = (all: readonly SeenOperation[], repeats?: Repeats) =>
  outcomeText(all, { followUp: (args) => `umapi ${args}`, look, ...(repeats === undefined ? {} : { repeats }) });

describe("the line that programs read", () => {
  test.each([
    [Array(5).fill(undefined), "5 operations: 5 succeeded."],
    [[undefined], "1 operation: 1 succeeded."],
    [[undefined, "error.group.not_found", undefined], "3 operations: 2 succeeded, 1 failed."],
    [["error.group.not_found"], "1 operation: 1 failed."],
  ])("counts by what became of operations that ran: %j", (codes, line) => {
    expect(told(operations(...codes)).split("\n")).toContain(line);
  });

  test("counts what was canceled apart, and advises nothing for it", () => {
    const [canceled, ...others] = operations(...Array(5).fill(undefined));
    if (canceled === undefined) throw new Error("five");
    expect(told([{ ...canceled, status: "canceled" }, ...others])).toBe("5 operations: 4 succeeded, 1 canceled.");
    expect(told([{ ...canceled, status: "canceled" }])).toBe("1 operation: 1 canceled.");
  });

  test.each([
    [1, 5, "5 operations: 4 succeeded, 1 superseded.\n1 of them was not sent any more: the person was removed first."],
    [
      2,
      5,
      "5 operations: 3 succeeded, 2 superseded.\n2 of them were not sent any more: their people were removed first.",
    ],
    [1, 1, "1 operation: 1 superseded.\nIt was not sent any more: the person was removed first."],
    [2, 2, "2 operations: 2 superseded.\nThey were not sent any more: their people were removed first."],
  ])("counts what removals have superseded apart, and says why: %i of %i", (superseded, count, text) => {
    const all = operations(...Array(count).fill(undefined));
    const asTheyEnded = all.map((each, index) => (index < superseded ? { ...each, status: "superseded" } : each));
    expect(told(asTheyEnded)).toBe(text);
  });

  test("counts what had succeeded before as repeated, wherever it is among others", () => {
    const all = operations(undefined, undefined, "error.group.not_found", undefined, undefined);
    const [one, two, failed, four] = all;
    if (one === undefined || two === undefined || failed === undefined || four === undefined) throw new Error("five");
    const repeats: Repeats = new Map([
      [one.id, one],
      [two.id, undefined],
      [failed.id, failed],
      [four.id, { ...four, status: "queued" }],
    ]);
    expect(told(all, repeats)).toContain(
      "\n5 operations: 2 succeeded, 1 failed, 2 repeated.\n4 of them were submitted before: these were not queued again.\n",
    );
  });
});

describe("what to do about failures", () => {
  test.each([...codeRules.keys(), "adobe_failed", "expired", "error.of.tomorrow"])(
    "is a retry only where it may help: %s",
    (code) => {
      const text = told(operations(undefined, code));
      const advised = text.includes("umapi retry --call call --wait");
      expect(advised).toBe(retryMayHelp({ code, message: "No" }));
      expect(text.includes("A retry would change nothing for it:")).toBe(!advised);
    },
  );

  test.each([
    [
      ["error.country.invalid", "error.user.lastname_missing"],
      ["A retry would change nothing for them: "],
      ["umapi retry"],
    ],
    [
      ["error.country.invalid", "error.group.not_found"],
      ["for 1 of them: ", "Once what made 1 of them fail is mended:\n  umapi retry"],
      [],
    ],
    [
      ["error.api.not_available", "error.group.not_found"],
      ["Once what made them fail is mended:\n  umapi retry"],
      ["change nothing"],
    ],
    [[undefined, undefined], [], ["umapi retry", "change nothing"]],
  ])("says which of several it is for: %j", (codes, words, not) => {
    const text = told(operations(...codes));
    for (const word of words) expect(text).toContain(word);
    for (const word of not) expect(text).not.toContain(word);
  });
});
