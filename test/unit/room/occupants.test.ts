import { describe, expect, test } from "vitest";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { Operation } from "../../../shared/operation/operation.ts";
import type { Parked } from "../../../shared/operation/parked.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { isOver, isSamePlace } from "../../../shared/room/waiting-room.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";

const on = (user: string, id: string, changes: Partial<Operation> = {}) => operationOf(id, adding(user, "P"), changes);
const ready = (dueAt: number): Parked => ({ reason: "ready", dueAt });
const behind = (id: string): Parked => ({ reason: "behind", list: `behind#${operationId(id)}`, since: 0 });
const ofCode = (code: string, since: number): Parked => ({ reason: "held", list: `code#${code}`, since });
const last = placeOf("9".repeat(39), 0);

describe("what is over", () => {
  const occupant = { id: operationId("a"), generation: 1, release: 0, place: last, enteredAt: 0 };
  const row = newRow(on("a@x.com", "a", { generation: 1 }));

  test.each<[string, LedgerRow | "unreadable" | undefined, boolean, boolean]>([
    ["a row that is still queued", row, true, false],
    ["a row that has ended", { ...row, status: "failed" }, false, true],
    ["a newer generation", { ...row, operation: { ...row.operation, generation: 2 } }, false, true],
    [
      "an older generation, whose retry is on the way",
      { ...row, operation: { ...row.operation, generation: 0 } },
      true,
      false,
    ],
    ["no row yet", undefined, false, false],
    ["no row, for too long", undefined, true, true],
    ["a row that cannot be read", "unreadable", true, false],
  ])("%s", (_, stored, isDead, expected) => {
    expect(isOver(stored, occupant, isDead)).toBe(expected);
  });
});

test("Two waits are one if they have the reason, the time or list, and the time since when, in common", () => {
  const waits: (Parked | undefined)[] = [
    undefined,
    ready(1),
    ready(2),
    { reason: "held", dueAt: 1 },
    behind("first"),
    behind("second"),
    { ...ofCode("busy", 1), reason: "behind" } as Parked,
    ofCode("busy", 1),
    ofCode("busy", 2),
  ];
  const row = (parked: Parked | undefined) => ({ ...newRow(on("a@x.com", "a")), ...(parked && { parked }) });
  for (const one of waits) for (const other of waits) expect(isSamePlace(row(one), row(other))).toBe(one === other);
});
