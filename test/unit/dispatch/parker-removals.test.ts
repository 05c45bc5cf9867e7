import { beforeEach, describe, expect, test } from "vitest";
import { HeldRemovals } from "../../../shared/dispatch/held-removals.ts";
import { Parker } from "../../../shared/dispatch/parker.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { Parked } from "../../../shared/operation/parked.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import type { Status } from "../../../shared/operation/status.ts";
import type { Fates } from "../../../shared/pacing/lane.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import { noRemovals } from "../../../shared/removals/removals.ts";
import type { Command } from "../../../shared/umapi/command.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { type Received, received } from "../../support/received.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;
let parker: Parker;
let now: number;

beforeEach(async () => {
  stores = await Stores.create();
  parker = new Parker({
    ...stores,
    heldRemovals: new HeldRemovals(stores.removals, stores.waitingRoom),
    report: () => {},
  });
  now = stores.clock.now();
});

const nothing: Fates = { open: new Map(), unknown: new Set() };
const ada = "ada@x.com";
const leaving: Command = { user: ada, do: [{ removeFromOrg: {} }] };
const onAda = (id: string) => operationOf(id, adding(ada, "P"));
const batchOf = (...messages: readonly Received[]) => received(stores, new MemoryLaneStore(), messages);
const parkedOf = async (id: string) => (await stores.row(operationId(id))).parked;
const behind = (id: string): Parked => ({ reason: "behind", list: `behind#${operationId(id)}`, since: 0 });

/** A leaver that goes ahead of all messages. */
async function leaver(status: Status = "queued"): Promise<LedgerRow> {
  const row = { ...newRow(operationOf("leaver", leaving)), place: placeOf("900", 0) };
  return await stores.put({ ...(await stores.leaversFirst.admit(row)), status });
}

/** Work of an earlier place on the same user, which waits. */
const parkEarlier = async () =>
  await stores.park(onAda("earlier"), { parked: { reason: "held", dueAt: now + 9000 }, place: placeOf("5", 0) });

describe("Work on the user of a leaver that is to go", () => {
  test("is parked behind it", async () => {
    await leaver();
    expect(await parker.clearTheWay(await batchOf([onAda("a")]), nothing)).toBe(true);
    expect(await parkedOf("a")).toEqual(behind("leaver"));
  });

  test("is parked with its whole message, whichever of the message's operations it is", async () => {
    const row = await leaver();
    // Lists wait only for what Adobe may be at work on.
    await stores.put({ ...row, parked: { reason: "unsettled", dueAt: now + 1000 } });
    const listing = (id: string, user: string) => operationOf(id, { usergroup: "G", do: [{ add: { user: [user] } }] });
    const batch = await batchOf([listing("a", "bob@x.com"), listing("b", ada)]);
    expect(await parker.clearTheWay(batch, nothing)).toBe(true);
    expect(await parkedOf("a")).toEqual(behind("leaver"));
    expect(await parkedOf("b")).toEqual(behind("a"));
  });

  test("goes if it is on others, and so does all of its message", async () => {
    await leaver();
    const others = [operationOf("a", adding("bob@x.com", "P")), operationOf("b", adding("bob@x.com", "Q"))] as const;
    expect(await parker.clearTheWay(await batchOf(others), nothing)).toBe(false);
  });
});

test("Work on a user who is gone waits for nothing, because it is to end", async () => {
  await leaver("succeeded");
  await parkEarlier();
  expect(await parker.clearTheWay(await batchOf([onAda("a")]), nothing)).toBe(false);
});

test("A leaver that goes ahead waits for no earlier work on its user", async () => {
  await parkEarlier();
  const row = await leaver();
  const batch = await batchOf();
  batch.keep(row);
  expect(await parker.reasonOf(batch, row, nothing)).toBeUndefined();
  const { early: _, ...inItsPlace } = row;
  batch.keep(inItsPlace);
  expect(await parker.reasonOf(batch, inItsPlace, nothing)).toEqual(behind("earlier"));
});

describe("A removal above the limit", () => {
  const above = operationOf("a", leaving, { removalSet: 1 });
  const list = "removals#1";
  const decide = async (id: number) => {
    const set = { id, held: 1, bySubmitter: {}, decision: { kind: "released", at: now } as const };
    await stores.removals.update(() => ({ removals: { ...noRemovals, sets: [set] } }));
  };

  test("waits in the list of its set", async () => {
    expect(await parker.clearTheWay(await batchOf([above]), nothing)).toBe(true);
    expect(await parkedOf("a")).toEqual({ reason: "removal-limit", list, since: 0 });
    expect(await stores.room.listState(list)).not.toHaveProperty("dueAt");
  });

  test("goes once somebody has decided about its set, and not about another", async () => {
    await decide(2);
    expect(await parker.clearTheWay(await batchOf([above]), nothing)).toBe(true);
    await decide(1);
    const other = operationOf("b", leaving, { removalSet: 1 });
    const batch = await batchOf([other]);
    const row = batch.row(operationId("b"));
    expect(row && (await parker.reasonOf(batch, row, nothing))).not.toMatchObject({ reason: "removal-limit" });
  });

  test("is let go at once if somebody decides while it is parked", async () => {
    const batch = await batchOf([above]);
    const row = batch.row(operationId("a"));
    const reason = row && (await parker.reasonOf(batch, row, nothing));
    await decide(1);
    if (row !== undefined && reason !== undefined) await parker.park(batch, row, reason);
    expect(await stores.room.listState(list)).toMatchObject({ dueAt: now });
  });

  test("is not let go while it is parked for another reason", async () => {
    await stores.park(operationOf("other", leaving, { removalSet: 1 }), {
      parked: { reason: "removal-limit", list, since: 0 },
    });
    await decide(1);
    const batch = await batchOf([above]);
    const row = batch.row(operationId("a"));
    if (row !== undefined) await parker.park(batch, row, { reason: "unsettled", dueAt: now + 1 });
    expect(await stores.room.listState(list)).not.toHaveProperty("dueAt");
  });
});
