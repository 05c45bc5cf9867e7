import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { lookOf } from "../../../cli/output/look.ts";
import { operationRow } from "../../../cli/output/operation-table.ts";
import { operationText } from "../../../cli/output/operation-text.ts";
import { queueWaits } from "../../../cli/output/waiting.ts";
import type { SeenOperation } from "../../../client/seen-operation.ts";
import { hintOn } from "../../../shared/umapi/errors/hint.ts";
import { arbitraryCommand } from "../../support/arbitrary-commands.ts";
import { kept } from "../../support/umapi-in-process.ts";

const now = Date.parse("2026-01-05T09:10:00.000Z");
const look = lookOf(kept(), { COLUMNS: "80" });
const id = "2ad51765839e9f26cca2e7e1572ef3ab-000";
const create = {
  createFederatedID: { email: "jane.doe@example.com", firstname: "Jane", lastname: "Doe", country: "US" },
};

function operation(more: Partial<SeenOperation>): SeenOperation {
  return {
    id,
    status: "queued",
    user: "jane.doe@example.com",
    attempts: 0,
    acceptedAt: "2026-01-05T09:08:00.123Z",
    updatedAt: "2026-01-05T09:08:00.456Z",
    ...more,
  };
}

const by = `${"c".repeat(32)}-000`;
const superseded = operation({ status: "superseded", supersededBy: by });
const { user: _, ...rootless } = superseded;
const ofGroup: SeenOperation = { ...rootless, usergroup: "Design" };

const until = "2026-01-05T09:10:40.000Z";
const expectedAt = "2026-01-05T09:13:40.000Z";

describe("the status of an operation", () => {
  test("that waits for a block says what it is, the next try, what stands before it and when it is expected", () => {
    const waiting = { until, reason: "throttled", ahead: 299, expectedAt };
    const steps = [create, { add: { group: ["Creative Cloud 1", "Design"], product: ["Acrobat"] } }];
    expect(operationText(operation({ waiting, do: steps }), look, now).split("\n")).toEqual([
      `${id} queued`,
      "  on        jane.doe@example.com",
      "  do        createFederatedID email: jane.doe@example.com; firstname: Jane;",
      "            lastname: Doe; country: US",
      "            add group: Creative Cloud 1, Design; product: Acrobat",
      "  accepted  2026-01-05T09:08:00Z, 2 min ago",
      "  updated   2026-01-05T09:08:00Z, 2 min ago",
      "  waits     for Adobe's throttle, next try at 2026-01-05T09:10:40Z, in 40 s",
      "  ahead     about 299 operations",
      "  expected  about 2026-01-05T09:13:40Z, in 4 min",
    ]);
  });

  test.each([
    [
      { until, reason: "adobe-unavailable", ahead: 1 },
      ["for Adobe, which is not available, next try at", "about 1 operation\n"],
    ],
    [{ until, reason: "budget", ahead: 1000 }, ["for Adobe's limit, next try at", "1,000 operations or more"]],
    [{ until, reason: "held", ahead: 0, expectedAt }, ["after a failure, next try at", "none\n", "expected"]],
    [{ reason: "of-a-newer-service" }, ["waits     for of-a-newer-service\n"]],
  ])("says what is known: %o", (waiting, words) => {
    const text = `${operationText(operation({ waiting }), look, now)}\n`;
    for (const word of words) expect(text).toContain(word);
    expect(text.includes("expected")).toBe("expectedAt" in waiting);
  });

  test.each([
    [{}, "jane.doe@example.com"],
    [{ user: "jdoe", domain: "example.com" }, "jdoe in example.com"],
    [{ useAdobeID: true }, "jane.doe@example.com (the Adobe ID)"],
  ])("says on whom it is: %o", (more, told) => {
    expect(operationText(operation(more), look, now).split("\n")[1]).toBe(`  on        ${told}`);
  });

  test.each<[string, string, string]>([
    ["arn:aws:sts::111122223333:assumed-role/nightly", "nightly", "a role"],
    ["arn:aws:iam::111122223333:user/hr/sync", "sync", "a user"],
    ["arn:aws:iam::111122223333:root", "root", "an account"],
    ["client-7", "client-7", "the subject of a token"],
  ])("says who handed it in, whole, and in a listing by name: %s", (submittedBy, name) => {
    const seen = operation({ submittedBy });
    expect(operationText(seen, lookOf(kept(), { COLUMNS: "200" }), now)).toContain(
      `  accepted  2026-01-05T09:08:00Z, 2 min ago, by ${submittedBy}\n`,
    );
    expect(operationRow(seen, now)).toContain(`2 min ago by ${name}`);
  });

  test("that failed says why and what to do, in lines that fit", () => {
    const error = { code: "error.country.invalid", message: "Invalid country code: XX", step: 0, certain: true };
    const failed = operation({ status: "failed", error: { ...error, hint: hintOn(error) }, do: [create] });
    const text = operationText(failed, look, now);
    expect(text).toContain("\n  error     error.country.invalid at step 0\n");
    expect(text).toMatch(/\n {2}hint {6}The country is not an ISO 3166 code, .*\n {12}\S/);
    expect(text).not.toMatch(/retry/i);
    for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test.each([
    ["a user", superseded, "removed this person first"],
    ["a group", ofGroup, "removed whom it names first"],
  ])("that a removal superseded says by which, and that it is not sent: on %s", (_, each, told) => {
    const text = operationText(each, look, now);
    expect(text).toContain(`${id} superseded\n`);
    expect(text.replaceAll(/\s+/g, " ")).toContain(` why ${by} ${told}, so this is not sent any more`);
    for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test("shows every word of whatever it was to do", () => {
    fc.assert(
      fc.property(arbitraryCommand(), (given) => {
        const steps: readonly object[] = given.do;
        const text = operationText(operation({ do: steps.map((step) => ({ ...step })) }), look, now);
        for (const word of strings(steps)) expect(unfolded(text)).toContain(unfolded(word));
      }),
    );
  });
});

describe("a row of a list", () => {
  test.each([
    ["2026-01-05T09:10:00.100Z", "now"],
    ["2026-01-05T09:09:20.000Z", "40 s ago"],
    ["2026-01-05T09:03:00.000Z", "7 min ago"],
    ["2026-01-05T06:05:00.000Z", "3 h 5 min ago"],
    ["2026-01-01T09:10:00.000Z", "4 days ago"],
    ["2026-01-05T09:10:30.000Z", "in 30 s"],
  ])("tells its times from now: %s", (acceptedAt, told) => {
    expect(operationRow(operation({ acceptedAt }), now)[3]).toBe(told);
  });

  test.each([
    ["a user", superseded, "the person was removed first"],
    ["a group", ofGroup, "its people were removed first"],
  ])("tells why an operation was superseded: on %s", (_, each, why) => {
    expect(operationRow(each, now)[4]).toBe(why);
  });

  test.each([
    [
      { until, reason: "throttled" },
      "waits for Adobe's throttle",
      /^The queue waits for Adobe's throttle, next try at \d\d:\d\d:40, in 40 s\.$/,
    ],
    [{ until, reason: "budget" }, "waits for Adobe's limit", /^The queue waits for Adobe's limit, next try at /],
    [{ until, reason: "held" }, "waits after a failure, next try in 40 s", undefined],
    [{ until, reason: "scheduled" }, "waits for its day, due in 40 s", undefined],
    [{ reason: "behind", behind: "a-0" }, "waits for another operation on the same user or group (a-0)", undefined],
    [
      { reason: "paused" },
      "waits for somebody to resume the lane",
      /^The queue waits for somebody to resume the lane\.$/,
    ],
    [undefined, "", undefined],
  ])("tells the time of a wait of its own only; that of the queue is told once: %o", (waiting, why, told) => {
    expect(operationRow(operation(waiting === undefined ? {} : { waiting }), now)[4]).toBe(why);
    if (told === undefined) expect(queueWaits(waiting, now)).toBeUndefined();
    else expect(queueWaits(waiting, now)).toMatch(told);
  });
});

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** Without what a terminal's lines add or leave out. */
const unfolded = (text: string) => text.replaceAll(/[\s\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, "");
