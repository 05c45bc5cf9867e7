import { beforeEach, describe, expect, test } from "vitest";
import type { Batch } from "../../../shared/dispatch/batch.ts";
import { onceMore } from "../../../shared/leavers/once-more.ts";
import { type LedgerRow, newRow, placeIn } from "../../../shared/ledger/row.ts";
import type { Operation } from "../../../shared/operation/operation.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { idleLane } from "../../../shared/pacing/lane.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import type { Command, UserStep } from "../../../shared/umapi/command.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { received } from "../../support/received.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;
let lanes: MemoryLaneStore;

beforeEach(async () => {
  stores = await Stores.create();
  lanes = new MemoryLaneStore();
});

const ada = "ada@x.com";
const listing = (...user: string[]): Command => ({ usergroup: "G", do: [{ add: { user } }] });

/** A leaver whose message stands far behind. */
async function leaver(status: LedgerRow["status"] = "queued", changes: Partial<LedgerRow> = {}): Promise<LedgerRow> {
  const row = {
    ...newRow(operationOf("leaver", { user: ada, do: [{ removeFromOrg: {} }] })),
    place: placeOf("900", 0),
  };
  return await stores.put({ ...(await stores.leaversFirst.admit(row)), ...changes, status });
}

async function older(command: Command, changes: Partial<Operation> = {}): Promise<{ batch: Batch; row: LedgerRow }> {
  const batch = await received(stores, lanes, [[operationOf("older", command, changes)]]);
  const row = batch.row(operationId("older"));
  if (row === undefined) throw new Error("no row");
  return { batch, row };
}

const standing = async (command: Command, changes?: Partial<Operation>) => {
  const { batch, row } = await older(command, changes);
  return await stores.olderWork.standingOf(row, batch);
};
const goes = { kind: "goes", without: new Map(), again: [] };
const queries = () => stores.calls.filter(({ action }) => action === "Query").length;

describe("Work before a leaver that has gone", () => {
  test("on the person ends as superseded", async () => {
    await leaver("succeeded");
    const { batch, row } = await older(adding(ada, "P"));
    expect(await stores.olderWork.endingOf(row, batch)).toEqual({ kind: "superseded", by: "leaver" });
  });

  test("that lists the person is planned without, and ends as superseded if nobody is left", async () => {
    await leaver("succeeded");
    const { batch, row } = await older(listing("bob@x.com", ada));
    expect(await stores.olderWork.endingOf(row, batch)).toBeUndefined();
    expect(await stores.olderWork.standingOf(row, batch)).toMatchObject({ kind: "goes" });
    expect([...(batch.works()[0]?.operations[0].without?.keys() ?? [])]).toEqual([ada]);
    expect(await standing(listing(ada))).toEqual({ kind: "superseded", by: "leaver" });
  });

  test("that gives the name away has the leaver enter once more behind it, and once only", async () => {
    const done = await leaver("succeeded");
    const { batch, row } = await older({ user: "bob@x.com", do: [{ update: { email: ada } }] });
    for (let request = 0; request < 2; request++) {
      batch.standings.clear();
      await stores.olderWork.standingOf(row, batch);
    }
    const { operation, place } = onceMore(done, row.operation, placeIn(row), 0);
    expect(await stores.row(operation.id)).toMatchObject({ place, parked: { list: "behind#older" }, revision: 1 });
  });

  test("and is the leaver itself, which enters once more, goes", async () => {
    const done = await leaver("succeeded");
    const { batch, row } = await older({ user: "bob@x.com", do: [{ update: { email: ada } }] });
    const again = onceMore(done, row.operation, placeIn(row), 0);
    expect(await stores.olderWork.standingOf(again, batch)).toEqual(goes);
  });

  test("that gives the name away later has the leaver enter once more before anything of it is sent", async () => {
    const done = await leaver("succeeded");
    const steps = Array.from({ length: 10 }, (_, index): UserStep => ({ add: { group: [`P${index}`] } }));
    const { batch, row } = await older({ user: "bob@x.com", do: [...steps, { update: { email: ada } }] });
    await stores.olderWork.standingOf(row, batch);
    const { operation } = onceMore(done, row.operation, placeIn(row), 0);
    expect(await stores.row(operation.id)).toMatchObject({ parked: { list: "behind#older" } });
  });

  test("does not have the leaver enter once more if somebody has canceled that", async () => {
    const done = await leaver("succeeded");
    const { batch, row } = await older({ user: "bob@x.com", do: [{ update: { email: ada } }] });
    await stores.olderWork.standingOf(row, batch);
    const again = await stores.row(onceMore(done, row.operation, placeIn(row), 0).operation.id);
    await stores.waitingRoom.end(await stores.put({ ...again, status: "canceled" }));
    batch.standings.clear();
    await stores.olderWork.standingOf(row, batch);
    expect(await stores.room.members(`behind#${row.operation.id}`, 1)).toEqual([]);
  });

  test("in test mode goes, and so do the last leaver and all after it; none of them asks", async () => {
    await leaver("succeeded");
    const before = queries();
    expect(await standing(adding(ada, "P"), { testOnly: true })).toEqual(goes);
    const { batch, row } = await older(adding(ada, "P"));
    for (const sequence of ["900", "901"])
      expect(await stores.olderWork.standingOf({ ...row, place: placeOf(sequence, 0) }, batch)).toEqual(goes);
    expect(queries()).toBe(before);
  });
});

describe("Work before a leaver that is to go", () => {
  test("on the person waits for it", async () => {
    await leaver();
    expect(await standing(adding(ada, "P"))).toEqual({ kind: "behind", leader: "leaver" });
  });

  test("that lists the person waits only while the leaver is in flight or unsettled", async () => {
    await leaver();
    expect(await standing(listing(ada))).toEqual(goes);
    const until = stores.clock.now() + 1000;
    const inFlight = [{ request: "r", operations: [operationId("leaver")], until }];
    await lanes.write(await lanes.read(), { ...idleLane, inFlight });
    expect(await standing(listing(ada))).toEqual({ kind: "behind", leader: "leaver" });
    await lanes.write(await lanes.read(), idleLane);
    expect(await standing(listing(ada))).toEqual(goes);
    const row = await stores.row(operationId("leaver"));
    await stores.put({ ...row, parked: { reason: "unsettled", dueAt: until } });
    expect(await standing(listing(ada))).toEqual({ kind: "behind", leader: "leaver" });
    await stores.clock.advance(1000);
    expect(await standing(listing(ada))).toEqual(goes);
  });
});

test("A leaver never waits for itself, though it stands in the room at a later place than its row has", async () => {
  const row = await leaver();
  const { early: _, parked: __, ...inTurn } = row;
  await stores.put(inTurn);
  await stores.putText("leaver", "{}");
  const batch = await received(stores, lanes, [[operationOf("other", adding("bob@x.com", "P"))]]);
  batch.watermark = placeOf("950", 0);
  expect(await stores.olderWork.standingOf({ ...inTurn, place: placeOf("5", 0) }, batch)).toEqual(goes);
});
