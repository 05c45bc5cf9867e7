import { beforeEach, describe, expect, test } from "vitest";
import { LeaversFirst } from "../../../shared/leavers/leavers-first.ts";
import { toWatermark, Watermark } from "../../../shared/leavers/watermark-dynamo.ts";
import { watermarkKey } from "../../../shared/leavers/watermark-key.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import { type Place, placeOf } from "../../../shared/operation/place.ts";
import { touches } from "../../../shared/planning/conflicts.ts";
import { adding } from "../../support/judging.ts";
import { operationOf } from "../../support/operations.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;

beforeEach(async () => {
  stores = await Stores.create();
});

const ada = "ada@x.com";
const place = (sequence: number) => placeOf(String(sequence), 0);
const leaving = (id: string, at: Place | undefined, user = ada): LedgerRow => ({
  ...newRow(operationOf(id, { user, do: [{ removeFromOrg: {} }] })),
  ...(at === undefined ? {} : { place: at }),
});
const watermark = async () => {
  const key = watermarkKey("default");
  return toWatermark((await stores.ledger.readBeside([], [key])).items.get(key));
};
const found = async (after: Place, user = "ADA@x.com") => [
  ...(await stores.waitingRoom.leaversAfter(touches(adding(user, "P")), after)).keys(),
];
const enter = async (row: LedgerRow) => await stores.put(await stores.leaversFirst.admit(row));

describe("A leaver", () => {
  test("enters as due at once, ahead of its place, where older work finds it by its name", async () => {
    const row = await enter(leaving("a", place(5)));
    expect(row).toMatchObject({ early: true, parked: { reason: "leaver", dueAt: stores.clock.now() - 60_000 } });
    expect((await stores.waitingRoom.guests("leaver")).map((guest) => guest.row.operation.id)).toEqual(["a"]);
    expect(await watermark()).toBe(place(5));
    expect(await found(place(4))).toEqual(["a"]);
    expect(await found(place(5))).toEqual([]);
    expect(await found(place(4), "bob@x.com")).toEqual([]);
    expect(await stores.marks.read()).toBeDefined();
  });

  test("stays as it is without a place, and where leavers do not go first", async () => {
    const { clock, waitingRoom, documents } = stores;
    const off = new LeaversFirst({
      ...{ clock, waitingRoom, isOn: false },
      watermark: new Watermark(documents, "ledger", "default"),
    });
    for (const [first, row] of [
      [stores.leaversFirst, leaving("a", undefined)] as const,
      [off, leaving("b", place(5))] as const,
    ])
      expect(await first.admit(row)).toBe(row);
    expect(await watermark()).toBeUndefined();
    expect(stores.calls.filter(({ action }) => action !== "BatchGetItem")).toEqual([]);
  });

  test.each(["succeeded", "failed", "canceled", "superseded"] as const)(
    "that has ended as %s leaves nothing in the room, but for older work if it has gone",
    async (status) => {
      const row = await enter(leaving("a", place(5)));
      const ended = await stores.put({ ...row, status });
      await stores.waitingRoom.end(ended);
      expect(await found(place(4))).toEqual(status === "succeeded" ? ["a"] : []);
      expect(await stores.room.isEmpty()).toBe(true);
    },
  );

  test("that goes in its place after all is no longer found by older work", async () => {
    const row = await enter(leaving("a", place(5)));
    const settled = await stores.settlement.settle(row, { kind: "in its place", progress: row.progress });
    expect(settled).toMatchObject({ status: "queued", parked: { reason: "ready" } });
    expect(settled.early).toBeUndefined();
    expect(await found(place(4))).toEqual([]);
  });

  test("is not parked behind others by whoever read it before it entered", async () => {
    const row = await enter(leaving("a", place(5)));
    const parked = { reason: "behind", list: "behind#other", since: 0 } as never;
    const { early: _, parked: __, ...before } = { ...row, revision: 0 };
    const settled = await stores.settlement.settle(before, { kind: "parked", progress: row.progress, parked });
    expect(settled).toMatchObject({ early: true, parked: { reason: "leaver" } });
  });
});

describe("The watermark", () => {
  test("rises, and never falls", async () => {
    for (const [sequence, highest] of [
      [5, 5],
      [9, 9],
      [7, 9],
    ] as const) {
      await stores.leaversFirst.admit(leaving(`at-${sequence}`, place(sequence)));
      expect(await watermark()).toBe(place(highest));
    }
  });

  test("that cannot be read is behind all work", () => {
    for (const item of [{}, { place: 5 }]) expect((toWatermark(item) ?? "") > place(1e15)).toBe(true);
  });
});
