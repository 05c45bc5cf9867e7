import { describe, expect, test } from "vitest";
import { type LedgerRow, newRow, placeIn, reopen, rowFor, settle } from "../../../shared/ledger/row.ts";
import type { Operation } from "../../../shared/operation/operation.ts";
import type { SettledOutcome } from "../../../shared/operation/outcome.ts";
import { placeBeforeAll, placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";

const now = 1_800_000_000_000;
const lowest = () => 0;
const operation = operationOf("a", adding("a@x.com", "P"), { acceptedAt: 5, queuedAt: 7 });
const row = newRow(operation);
const other = operationId("b");
const error = { code: "error.x", message: "No", step: 2 };
const progress = { ...untouched, stepsDone: 3 };
const uncertain = { ...progress, uncertain: true };

const outcomes: SettledOutcome[] = [
  { kind: "succeeded" },
  { kind: "failed", error },
  { kind: "canceled", by: "ops" },
  { kind: "superseded", by: other },
  { kind: "in its place", progress },
  { kind: "again", progress },
  { kind: "charged", as: "held", progress, error },
  { kind: "parked", progress, parked: { reason: "suspect", dueAt: now } },
  { kind: "held", progress },
];

test("An operation without a place stands before all that have one, in the order accepted", () => {
  const place = (acceptedAt: number) => placeIn(newRow({ ...operation, acceptedAt }));
  expect(place(5)).toBe(placeBeforeAll(5, "a"));
  expect(place(5) < place(6)).toBe(true);
  const last = placeOf("9", 0);
  expect(placeIn({ ...row, place: last })).toBe(last);
  expect(place(6) < last).toBe(true);
});

/** The row after the outcomes, one after the other, at one time. */
const settled = (start: LedgerRow, ...all: SettledOutcome[]) =>
  all.reduce((each, outcome) => settle(each, outcome, now, lowest), start);

describe("an outcome", () => {
  test("of success ends the operation", () => {
    expect(settled(row, { kind: "succeeded" })).toEqual({ ...row, status: "succeeded", updatedAt: now });
  });

  test("of failure ends the operation for certain, with its error", () => {
    const failed = settled(row, { kind: "failed", error });
    expect(failed).toEqual({ ...row, status: "failed", error: { ...error, certain: true }, updatedAt: now });
  });

  test("of a leaver that was first ends the operation, and says which it was", () => {
    const superseded = settled(row, { kind: "superseded", by: other });
    expect(superseded).toEqual({ ...row, status: "superseded", supersededBy: other, updatedAt: now });
  });

  test("of a cancel ends the operation, and says when and, if that is known, by whom", () => {
    const canceled = { ...row, status: "canceled", canceledAt: now, updatedAt: now };
    expect(settled(row, { kind: "canceled", by: "ops" })).toStrictEqual({ ...canceled, canceledBy: "ops" });
    expect(settled(row, { kind: "canceled" })).toStrictEqual(canceled);
  });

  test.each(outcomes)("$kind changes nothing about a row that is final", (outcome) => {
    for (const final of [settled(row, { kind: "succeeded" }), settled(row, { kind: "failed", error })])
      expect(settle(final, outcome, now + 1, lowest)).toBe(final);
  });

  test("to go again keeps how far it came, and ends its wait", () => {
    const held = settled(row, { kind: "held", progress: untouched });
    const parked = { reason: "ready", dueAt: now };
    expect(settled(held, { kind: "again", progress })).toEqual({ ...row, progress, parked, updatedAt: now });
    expect(settled(row, { kind: "again", progress })).toEqual({ ...row, progress, updatedAt: now });
  });

  test("to go again after a failure of Adobe's leaves the operation where it waits", () => {
    const suspect = settled(row, { kind: "parked", progress, parked: { reason: "suspect", dueAt: 5 } });
    const failed = settled(suspect, { kind: "again", progress: { ...progress, faults: 3 } });
    expect(failed.parked).toEqual({ reason: "suspect", dueAt: 5 });
  });

  test("says how the operation waits, and nothing else of it", () => {
    const parked = { reason: "unsettled", dueAt: 9 } as const;
    expect(settled(row, { kind: "parked", progress, parked })).toEqual({ ...row, progress, parked, updatedAt: now });
  });
});

describe("a leaver that goes ahead", () => {
  const early: LedgerRow = { ...row, early: true, parked: { reason: "leaver", dueAt: 5 } };
  const list = `behind#${other}` as const;

  test("does not wait behind others, as one in its place does", () => {
    const behind: SettledOutcome = { kind: "parked", progress, parked: { reason: "behind", list, since: 0 } };
    expect(settled(early, behind)).toBe(early);
    expect(settled(row, behind).parked).toEqual({ reason: "behind", list, since: 0 });
  });

  test.each(["leaver", "unsettled", "suspect", "held", "ready"] as const)("may wait as %s", (reason) => {
    const parked = { reason, dueAt: 9 };
    expect(settled(early, { kind: "parked", progress, parked })).toEqual({
      ...early,
      progress,
      parked,
      updatedAt: now,
    });
  });

  test("goes in its place once it is refused, and keeps how far it came", () => {
    const began = { ...early, progress };
    const placed = settled(began, { kind: "in its place", progress: { ...untouched, uncertain: true } });
    const parked = { reason: "ready", dueAt: now };
    expect(placed).toStrictEqual({ ...row, progress: { ...uncertain }, parked, updatedAt: now });
  });
});

describe("an operation that is held", () => {
  test("waits longer each time in a row, and is not charged", () => {
    let each = row;
    for (const seconds of [15, 30, 60, 120]) {
      each = settled(each, { kind: "held", progress });
      expect(each).toMatchObject({
        status: "queued",
        charges: 0,
        progress,
        parked: { reason: "held", dueAt: now + seconds * 1000 },
      });
    }
  });

  test("waits in the list of its code if it has drawn one", () => {
    const held = settled(row, { kind: "held", progress, code: "error.busy" });
    expect(held.parked).toEqual({ reason: "held", list: "code#error.busy", since: now });
  });

  test("starts its waits again once it has made progress", () => {
    const twice = settled(row, { kind: "held", progress }, { kind: "held", progress });
    const again = settled(twice, { kind: "again", progress }, { kind: "held", progress });
    expect(again.parked?.dueAt).toBe(now + 15_000);
  });
});

describe("an operation that is charged", () => {
  const charge = (fate: typeof progress): SettledOutcome => ({ kind: "charged", as: "held", progress: fate, error });

  test("is held three times, longer each time, and shows no error yet", () => {
    let each = row;
    for (const [charges, seconds] of [
      [1, 15],
      [2, 30],
      [3, 60],
    ] as const) {
      each = settled(each, charge(progress));
      expect(each).toMatchObject({
        status: "queued",
        charges,
        parked: { reason: "held", dueAt: now + seconds * 1000 },
      });
      expect("error" in each).toBe(false);
    }
  });

  test.each([
    [true, progress],
    [false, uncertain],
  ])("fails at the fourth charge; that it was not applied is certain: %s", (certain, fate) => {
    const failed = settled(row, charge(fate), charge(fate), charge(fate), charge(fate));
    expect(failed).toMatchObject({ status: "failed", charges: 4, error: { ...error, certain } });
  });

  test("counts its charges, whatever came between them", () => {
    const other: SettledOutcome[] = [
      { kind: "held", progress },
      { kind: "again", progress },
    ];
    const three = settled(row, charge(progress), ...other, charge(progress), ...other, charge(progress), ...other);
    expect(three).toMatchObject({ status: "queued", charges: 3 });
    expect(settled(three, charge(progress)).status).toBe("failed");
  });
});

describe("a message finds its operation's row", () => {
  const place = placeOf("18446744073709551616", 0);
  const found = (known: LedgerRow | undefined, by: Operation) => rowFor(known, by, place);
  const retried = { ...operation, generation: 1, queuedAt: 99 };
  const written = { ...row, revision: 4, charges: 2 };
  const failed: LedgerRow = { ...written, status: "failed", error: { ...error, certain: true } };

  test("missing: it is written anew", () => {
    expect(found(undefined, operation)).toEqual({
      operation,
      status: "queued",
      progress: untouched,
      charges: 0,
      holds: 0,
      updatedAt: 7,
      revision: 0,
      place,
    });
  });

  test("as it was left", () => {
    expect(found(written, operation)).toEqual({ ...written, place });
    const placed = { ...written, place: placeOf("7", 0) };
    expect(found(placed, operation)).toEqual(placed);
  });

  test("parked: it stays as it is, and only the message that makes a scheduled one due opens it", () => {
    const parked: LedgerRow = { ...written, parked: { reason: "held", dueAt: 9 } };
    expect(found(parked, operation)).toBe(parked);
    const scheduled: LedgerRow = { ...written, parked: { reason: "scheduled", dueAt: 9 } };
    expect(found(scheduled, operation)).toBe(scheduled);
    const released = { ...operation, release: 1 };
    expect(found(scheduled, released)).toEqual({ ...written, operation: released, place });
    expect(found(parked, released)).toBe(parked);
  });

  test("final: there is nothing to do", () => {
    expect(found(failed, operation)).toBeUndefined();
    expect(found({ ...written, status: "succeeded" }, operation)).toBeUndefined();
  });

  test("of an older generation: it opens again, without charges, over what was read", () => {
    const opened = { ...newRow(retried), progress: { ...untouched, uncertain: true }, revision: 4 };
    expect(found(failed, retried)).toEqual({ ...opened, place });
  });

  test.each([
    ["at its first step, of which a part may stand", untouched, { step: 0 }, { ...untouched, uncertain: true }],
    ["later: what stands before that must not fail", untouched, { step: 2 }, { ...untouched, uncertain: true }],
    ["at a step that nobody named", untouched, {}, { ...untouched, uncertain: true }],
    ["with a fate that was unknown", uncertain, { step: 0 }, uncertain],
    [
      "after bad luck, which is forgotten",
      { ...progress, most: 1, unjoined: true, oneStep: true, faults: 3, lastFaultAt: 1 },
      { step: 0 },
      { ...progress, uncertain: true },
    ],
  ])("of an operation that failed %s", (_, before, where, expected) => {
    const over: LedgerRow = {
      ...failed,
      progress: before,
      error: { code: "error.x", message: "", certain: true, ...where },
    };
    expect(found(over, retried)?.progress).toEqual(expected);
    expect({ ...reopen(over, retried), place }).toEqual(found(over, retried));
  });

  test.each([
    ["was refused its create: nothing of it stands", { step: 0 }],
    ["expired before it was sent", { code: "expired" }],
  ])("of an operation that %s", (_, where) => {
    const email = "ada@example.com";
    const command = { user: email, do: [{ addAdobeID: { email } }, { add: { group: ["Design"] } }] };
    const again = { ...retried, command };
    const over: LedgerRow = { ...failed, error: { code: "error.x", message: "", certain: true, ...where } };
    expect(found(over, again)?.progress).toEqual(untouched);
  });

  test("of a newer generation: the message is out of date", () => {
    expect(found({ ...written, operation: retried }, operation)).toBeUndefined();
  });
});
