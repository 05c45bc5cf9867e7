import { describe, expect, test } from "vitest";
import {
  erased,
  hasCreatedRoot,
  isKept,
  type LedgerRow,
  newRow,
  placed,
  reopen,
  rowFor,
} from "../../../shared/ledger/row.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import type { UserStep } from "../../../shared/umapi/command.ts";
import { adding } from "../../support/judging.ts";
import { operationOf } from "../../support/operations.ts";

const now = 1_800_000_000_000;
const operation = operationOf("a", adding("a@x.com", "P"), { acceptedAt: 5, queuedAt: 7 });
const row = newRow(operation);
const error = { code: "error.x", message: "No" };
const create: UserStep = { addAdobeID: { email: "a@x.com" } };

describe("the place of an operation", () => {
  const [early, late] = [placeOf("5", 0), placeOf("6", 0)];

  test("is the earlier one of two", () => {
    expect(placed({ ...row, place: late }, early)).toEqual({ ...row, place: early });
    const known = { ...row, place: early };
    expect(placed(known, late)).toBe(known);
    expect(placed(known, early)).toBe(known);
  });

  test("stays if a message tells none", () => {
    expect(placed(row, undefined)).toBe(row);
    const known = { ...row, place: early };
    expect(placed(known, undefined)).toBe(known);
    expect(rowFor(undefined, operation)).toStrictEqual(row);
  });

  test("is learned from the first message that tells it", () => {
    expect(placed(row, early)).toEqual({ ...row, place: early });
    expect(rowFor(row, operation, early)).toEqual({ ...row, place: early });
  });
});

describe("the root of a message is known to be created", () => {
  const creating = (
    changes: Partial<LedgerRow>,
    steps: readonly UserStep[] = [create, { add: { group: ["P"] } }],
  ): LedgerRow => ({
    ...newRow(operationOf("a", { user: "a@x.com", do: steps })),
    ...changes,
  });

  test.each<[string, LedgerRow | undefined, boolean]>([
    ["by an operation that has succeeded", creating({ status: "succeeded" }), true],
    ["by one whose first step is done", creating({ progress: { ...untouched, stepsDone: 1 } }), true],
    [
      "by one that has failed behind it",
      creating({ status: "failed", error: { ...error, step: 1, certain: true } }),
      true,
    ],
    [
      "not by one that has failed at it",
      creating({ status: "failed", error: { ...error, step: 0, certain: true } }),
      false,
    ],
    [
      "not by one that has failed at a step that nobody knows",
      creating({ status: "failed", error: { ...error, certain: true } }),
      false,
    ],
    ["not by one that is not begun", creating({}), false],
    ["not by one that creates nothing", { ...row, status: "succeeded" }, false],
    ["not by one without steps", creating({ status: "succeeded" }, []), false],
    ["not by one that nobody knows", undefined, false],
  ])("%s", (_, each, expected) => {
    expect(hasCreatedRoot(each)).toBe(expected);
  });
});

describe("what is left of an erased row", () => {
  const long = operationOf("a", adding("jane@example.com", "P"), {
    acceptedAt: 5,
    queuedAt: 7,
    generation: 2,
    callSize: 9,
    submittedBy: "arn:role/jane",
    notBefore: 8,
  });
  const rest = erased(
    { ...newRow(long), status: "failed", charges: 3, error: { ...error, certain: true }, revision: 6 },
    now,
  );

  test("names nobody, and has ended", () => {
    expect(rest).toStrictEqual({
      ...newRow(long),
      operation: {
        id: long.id,
        command: { usergroup: "erased", do: [{ createUserGroup: {} }] },
        testOnly: false,
        generation: 2,
        callSize: 9,
        acceptedAt: 5,
        queuedAt: 7,
      },
      status: "canceled",
      charges: 3,
      erasedAt: now,
      updatedAt: now,
      revision: 6,
    });
    expect(erased(row, now).operation).not.toHaveProperty("callSize");
  });

  test("is not told of, as other rows are, readable or not", () => {
    expect(isKept(rest)).toBe(false);
    expect(isKept(row)).toBe(true);
    expect(isKept("unreadable")).toBe(true);
    expect(isKept(undefined)).toBe(false);
  });
});

describe("a retry of what failed without a known step", () => {
  const creating = operationOf("a", { user: "a@x.com", do: [create] }, { generation: 1 });
  const failedAt = (changes: Partial<LedgerRow>) => reopen({ ...newRow(creating), ...changes }, creating).progress;

  test("is sent as one that may have been applied; one that failed at its create is not", () => {
    expect(failedAt({ error: { code: "c", message: "", certain: true } })).toMatchObject({ uncertain: true });
    expect(failedAt({ error: { code: "c", message: "", step: 0, certain: true } })).toMatchObject({ uncertain: false });
    expect(failedAt({ error: { code: "c", message: "", step: 1, certain: true } })).toMatchObject({ uncertain: true });
  });

  test("is so without an error as well", () => {
    expect(failedAt({})).toMatchObject({ uncertain: true });
    expect(reopen(newRow({ ...creating, command: { ...creating.command, do: [] } }), creating).progress.uncertain).toBe(
      true,
    );
  });
});
