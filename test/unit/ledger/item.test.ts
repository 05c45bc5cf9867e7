import { describe, expect, test } from "vitest";
import {
  idOfItem,
  orderOf,
  partitionKey,
  rootKey,
  rootOf,
  toItem,
  toListed,
  toRow,
  toSummaryOfRow,
  userKeys,
} from "../../../shared/ledger/item.ts";
import { erased, type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { Parked } from "../../../shared/operation/parked.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";

const acceptedAt = Date.UTC(2026, 0, 5, 9);
const command = { ...adding("Jane@X.com", "P"), requestID: "r-1" };
const operation = operationOf("call-003", command, {
  acceptedAt,
  queuedAt: acceptedAt,
  submittedBy: "arn:role",
  notBefore: 5,
});
const row: LedgerRow = { ...newRow(operation), updatedAt: acceptedAt + 1500, revision: 4 };
const held: Parked = { reason: "held", dueAt: 9 };
const error = { code: "error.x", message: "No", certain: true };
const plain = newRow(operationOf("b", { usergroup: "Sales", do: [{ createUserGroup: {} }] }));

describe("the item of a row", () => {
  test("has the row whole, and what its keys and the listings need", () => {
    const { row: text, ...item } = toItem({ ...row, charges: 2, error });
    expect(item).toStrictEqual({
      pk: "operation#call-003",
      id: "call-003",
      status: "queued",
      user: "Jane@X.com",
      requestID: "r-1",
      testOnly: false,
      charges: 2,
      acceptedAt,
      updatedAt: acceptedAt + 1500,
      notBefore: 5,
      error,
      root: "user#jane@x.com",
      order: "2026-01-05T09:00:00.000Z#call-003",
      waiting: undefined,
      expiresAt: undefined,
    });
    expect(toRow({ row: text, revision: 4 })).toEqual({ ...row, charges: 2, error });
  });

  test("says why it waits, as long as it has not ended", () => {
    expect(toItem({ ...row, parked: held })["waiting"]).toBe("held");
    expect(toItem({ ...row, parked: held, status: "failed" })["waiting"]).toBeUndefined();
  });

  test("expires 90 days after the end, and not before there is one", () => {
    const days = 24 * 60 * 60;
    expect(toItem({ ...row, status: "succeeded" })["expiresAt"]).toBe(acceptedAt / 1000 + 1 + 90 * days);
    expect(toItem({ ...row, parked: held })["expiresAt"]).toBeUndefined();
  });

  test("of an erased row has no key of a listing, and expires a day after SQS has forgotten its message", () => {
    const item = toItem(erased({ ...row, status: "succeeded" }, acceptedAt + 1999));
    expect(Object.keys(item).toSorted()).toEqual(["expiresAt", "pk", "row"]);
    expect(item["expiresAt"]).toBe(acceptedAt / 1000 + 1 + 15 * 24 * 60 * 60);
  });
});

describe("a summary", () => {
  test("has what is known, and no field for what is not", () => {
    expect(toSummaryOfRow(plain)).toStrictEqual({
      id: "b",
      status: "queued",
      usergroup: "Sales",
      testOnly: false,
      charges: 0,
      acceptedAt: 0,
      updatedAt: 0,
    });
    expect(toSummaryOfRow({ ...row, parked: held, error })).toMatchObject({
      parked: held,
      submittedBy: "arn:role",
      error,
    });
  });

  test("tells the wait of a row from before there was a room", () => {
    expect(toSummaryOfRow({ ...plain, notBefore: 7 })).toMatchObject({ parked: { reason: "held", dueAt: 7 } });
    expect(toSummaryOfRow({ ...plain, notBefore: 7, parked: { reason: "ready", dueAt: 1 } }).parked?.reason).toBe(
      "ready",
    );
  });

  const canceled: LedgerRow = { ...plain, status: "canceled", canceledAt: 8 };
  test.each<[string, LedgerRow, object | undefined]>([
    ["of an operation that was canceled", canceled, { at: 8, certain: true }],
    ["and by whom", { ...canceled, canceledBy: "arn:role" }, { at: 8, by: "arn:role", certain: true }],
    [
      "as uncertain if a part was done",
      { ...canceled, progress: { ...untouched, stepsDone: 1 } },
      { at: 8, certain: false },
    ],
    [
      "as uncertain if it may have been applied",
      { ...canceled, progress: { ...untouched, uncertain: true } },
      { at: 8, certain: false },
    ],
    ["not of one that was erased", erased(plain, 5), undefined],
    ["not of one that failed", { ...plain, status: "failed", canceledAt: 8 }, undefined],
  ])("tells the cancellation %s", (_, each, expected) => {
    const { canceled: told } = toSummaryOfRow(each);
    if (expected === undefined) expect(told).toBeUndefined();
    else expect(told).toStrictEqual(expected);
  });

  test("tells what superseded an operation, which is not in the index", () => {
    const superseded: LedgerRow = { ...plain, status: "superseded", supersededBy: operationId("leaver") };
    expect(toSummaryOfRow(superseded)).toMatchObject({ status: "superseded", supersededBy: "leaver" });
    expect(toItem(superseded)).not.toHaveProperty("supersededBy");
  });
});

describe("an item of an index", () => {
  const item = toItem({ ...row, error });

  test("is listed by its summary, without what is not in the index", () => {
    const { submittedBy: _, ...summary } = toSummaryOfRow({ ...row, error });
    expect(toListed(item)).toStrictEqual({ id: "call-003", order: item["order"], summary });
  });

  test("that cannot be read is listed by its id alone", () => {
    expect(toListed({ ...item, status: "unheard-of" })).toStrictEqual({ id: "call-003", order: item["order"] });
  });
});

test.each([
  ["nothing", {}],
  ["no revision", { row: toItem(row)["row"] }],
  ["no row", { revision: 1 }],
  ["no JSON", { row: "no", revision: 1 }],
  ["a newer form", { row: JSON.stringify({ ...row, v: 99 }), revision: 1 }],
])("An item with %s has no row that can be read", (_, item) => {
  expect(toRow(item)).toBeUndefined();
});

describe("keys", () => {
  test("of a row have its id", () => {
    expect(partitionKey(operationId("x"))).toBe("operation#x");
    expect(idOfItem({ pk: "operation#x" })).toBe("x");
  });

  test("of a root have its kind and its name, in one letter case", () => {
    expect(rootKey("usergroup", "SALES")).toBe("usergroup#sales");
    expect(rootOf(command)).toBe("user#jane@x.com");
    expect(rootOf(plain.operation.command)).toBe("usergroup#sales");
  });

  test("that a query may mean: a plus sign that was not encoded comes as a space", () => {
    expect(userKeys("jane@x.com")).toEqual(["user#jane@x.com"]);
    expect(userKeys("jane a b@x.com")).toEqual(["user#jane+a+b@x.com"]);
    expect(userKeys("jane doe")).toEqual(["user#jane doe", "user#jane+doe"]);
    expect(userKeys("jdoe")).toEqual(["user#jdoe"]);
  });

  test("of the order are those of time, then of the index in the call", () => {
    expect(orderOf(0, "call-000")).toBe("1970-01-01T00:00:00.000Z#call-000");
  });
});
