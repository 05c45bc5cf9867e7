import { beforeEach, describe, expect, test } from "vitest";
import type { LedgerRow } from "../../../shared/ledger/row.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { touches } from "../../../shared/planning/conflicts.ts";
import { Conclusions } from "../../support/conclusions.ts";
import { adding, report, response } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;
let conclusions: Conclusions;
let now: number;

beforeEach(async () => {
  stores = await Stores.create();
  conclusions = new Conclusions(stores);
  now = stores.clock.now();
});

const ada = "ada@x.com";
const leaving = operationOf("leaver", { user: ada, do: [{ removeFromOrg: {} }] });
const list = `behind#${leaving.id}` as const;
const leaverRow = async () => await stores.row(leaving.id);
const found = async () => [
  ...(await stores.waitingRoom.leaversAfter(touches(adding(ada, "P")), placeOf("4", 0))).keys(),
];
const told = () => conclusions.events.filter(({ kind }) => kind !== "action request");

/** A leaver in the room that goes ahead, and older work behind it. */
async function early(changes: Partial<LedgerRow> = {}): Promise<LedgerRow> {
  await stores.park(operationOf("older", adding(ada, "P")), { parked: { reason: "behind", list, since: 0 } });
  const parked = { reason: "leaver", dueAt: now } as const;
  return await stores.park(leaving, { early: true, parked, place: placeOf("5", 0), ...changes });
}

const permanent = { index: 0, step: 0, errorCode: "error.user.not_allowed", message: "No" };
const transient = { index: 0, step: 0, errorCode: "error.organization.migrating", message: "Try again" };

describe("A leaver that goes ahead", () => {
  test("lets older work on its user go once it has gone, and is found by it", async () => {
    await conclusions.conclude([], report(1), { guests: [await early()] });
    expect(await leaverRow()).toMatchObject({ status: "succeeded" });
    expect(await stores.room.listState(list)).toMatchObject({ dueAt: now });
    expect(await found()).toEqual(["leaver"]);
    expect(told()).toMatchObject([{ kind: "operation finished", status: "succeeded" }]);
  });

  test("goes once more in its place if Adobe refuses it, and older work need not wait", async () => {
    await conclusions.conclude([], report(1, [permanent]), { guests: [await early()] });
    const row = await leaverRow();
    expect(row).toMatchObject({ status: "queued", parked: { reason: "ready", dueAt: now }, place: placeOf("5", 0) });
    expect(row.early).toBeUndefined();
    expect(await stores.room.listState(list)).toMatchObject({ dueAt: now });
    expect(await found()).toEqual([]);
    expect(told()).toEqual([
      { kind: "parked", operationId: "leaver", reason: "ready" },
      { kind: "leaver refused", operationId: "leaver", code: permanent.errorCode },
    ]);
    expect((await conclusions.lanes.read()).lane.tally).toMatchObject([{ succeeded: 0, failed: [] }]);
  });

  test.each([0, 1, 2])("stays ahead while it is charged less than four times: %d", async (charges) => {
    await conclusions.conclude([], report(1, [transient]), { guests: [await early({ charges })] });
    expect(await leaverRow()).toMatchObject({ early: true, charges: charges + 1, parked: { reason: "held" } });
    expect(await stores.room.listState(list)).not.toHaveProperty("dueAt");
    expect(await found()).toEqual(["leaver"]);
    expect(told()).toMatchObject([{ kind: "parked", reason: "held" }]);
  });

  test("goes once more in its place at the fourth charge, with what is known of it", async () => {
    const progress = { ...untouched, faults: 2, lastFaultAt: now - 10 };
    const row = await early({ charges: 3, progress, parked: { reason: "suspect", dueAt: now } });
    const evidence = { others: Array(10).fill(true), sinceSuspects: 9, outageAt: 0, latestAt: 0 };
    const lane = { evidence, lastSuccessAt: now - 5 };
    await conclusions.conclude([], response(500), { of: "suspects", lane, guests: [row] });
    const after = await leaverRow();
    expect(after).toMatchObject({ charges: 3, progress: { uncertain: true, faults: 3 }, parked: { reason: "ready" } });
    expect(after.early).toBeUndefined();
    expect(told()).toContainEqual({ kind: "leaver refused", operationId: "leaver", code: "adobe_failed" });
  });

  test("is not refused by a failure of Adobe's, whatever its charges", async () => {
    await conclusions.conclude([], response(500), { guests: [await early({ charges: 3 })] });
    expect(await leaverRow()).toMatchObject({ early: true, charges: 3 });
    expect(told()).not.toContainEqual(expect.objectContaining({ kind: "leaver refused" }));
  });
});

describe("A leaver in its place", () => {
  test("fails as other operations do", async () => {
    await conclusions.conclude([[leaving]], report(1, [permanent]));
    expect(await leaverRow()).toMatchObject({ status: "failed", error: { code: permanent.errorCode } });
    expect(told()).toMatchObject([{ kind: "operation finished", status: "failed" }]);
  });

  test("leaves nothing of what submit has entered since, and lets those behind it go", async () => {
    const entrant = { id: operationId("older"), generation: 0, release: 0, place: placeOf("4", 0), enteredAt: now };
    const parked = { reason: "behind", list, since: 0 } as const;
    await stores.room.enter({ ...entrant, parked, names: { writes: [], reads: [] } });
    await conclusions.conclude([[leaving]], report(1));
    expect(await stores.room.listState(list)).toMatchObject({ dueAt: now });
  });
});
