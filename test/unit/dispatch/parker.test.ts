import { beforeEach, describe, expect, test } from "vitest";
import type { DispatchEvent } from "../../../shared/dispatch/events.ts";
import { HeldRemovals } from "../../../shared/dispatch/held-removals.ts";
import { Parker } from "../../../shared/dispatch/parker.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { OperationId } from "../../../shared/operation/operation.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import { untouched } from "../../../shared/operation/progress.ts";
import { type Fates, idleLane, type Lane } from "../../../shared/pacing/lane.ts";
import { MemoryLaneStore } from "../../../shared/pacing/lane-store-memory.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { type Received, received } from "../../support/received.ts";
import { Stores } from "../../support/stores.ts";

const nothing: Fates = { open: new Map(), unknown: new Set() };
const openUntil = (until: number, ...ids: string[]): Fates => ({
  open: new Map(ids.map((id) => [operationId(id), until])),
  unknown: new Set(),
});

let stores: Stores;
let lanes: MemoryLaneStore;
let events: DispatchEvent[];
let parker: Parker;
let now: number;

beforeEach(async () => {
  stores = await Stores.create();
  lanes = new MemoryLaneStore();
  events = [];
  const report = (event: DispatchEvent) => events.push(event);
  const heldRemovals = new HeldRemovals(stores.removals, stores.waitingRoom);
  parker = new Parker({ ...stores, heldRemovals, report });
  now = stores.clock.now();
});

const batchOf = (...messages: readonly Received[]) => received(stores, lanes, messages);
const on = (user: string, id: string) => operationOf(id, adding(user, "P"));
const rowOf = (id: string) => stores.row(operationId(id));
const hasRow = async (id: string) => (await stores.ledger.read([operationId(id)])).size > 0;
const setLane = async (changes: Partial<Lane>) => await lanes.write(await lanes.read(), { ...idleLane, ...changes });

describe("an operation that Adobe may still apply", () => {
  test("is parked until it no longer can, as possibly applied", async () => {
    const batch = await batchOf([on("a@x.com", "a")], [on("b@x.com", "b")]);
    expect(await parker.clearTheWay(batch, openUntil(now + 9000, "a"))).toBe(true);
    expect(await rowOf("a")).toMatchObject({
      parked: { reason: "unsettled", dueAt: now + 9000 },
      progress: { ...untouched, uncertain: true },
      charges: 0,
    });
    expect(await hasRow("b")).toBe(false);
    expect(batch.works().map(({ messageId }) => messageId)).toEqual(["message-1"]);
    expect(events).toEqual([{ kind: "parked", operationId: "a", reason: "unsettled" }]);
  });

  test("comes before every other reason of its own", async () => {
    await stores.put({ ...newRow(on("a@x.com", "a")), notBefore: now + 5000, cancel: { owner: "somebody", at: now } });
    const batch = await batchOf([on("a@x.com", "a")]);
    await parker.clearTheWay(batch, openUntil(now + 9000, "a"));
    expect((await rowOf("a")).parked).toEqual({ reason: "unsettled", dueAt: now + 9000 });
  });

  test("takes the message with it, in which each waits for the one before", async () => {
    const batch = await batchOf([on("a@x.com", "a"), on("a@x.com", "b"), on("a@x.com", "c")]);
    await parker.clearTheWay(batch, openUntil(now + 9000, "a"));
    expect((await rowOf("b")).parked).toEqual({ reason: "behind", list: "behind#a", since: 0 });
    expect((await rowOf("c")).parked).toEqual({ reason: "behind", list: "behind#b", since: 0 });
    expect(batch.works()).toEqual([]);
  });

  test("keeps those before it in its message from being sent without it", async () => {
    const batch = await batchOf([on("a@x.com", "a"), on("a@x.com", "b"), on("a@x.com", "c")]);
    expect(await parker.clearTheWay(batch, openUntil(now + 9000, "c"))).toBe(true);
    expect(batch.works()).toEqual([]);
    expect((await rowOf("c")).parked).toEqual({ reason: "behind", list: "behind#b", since: 0 });
  });
});

describe("what is parked for another reason is not taken for applied", () => {
  test.each<[string, Partial<LedgerRow>, object]>([
    ["held since before there was a room", { notBefore: Number.MAX_SAFE_INTEGER }, { reason: "held" }],
    [
      "about to be canceled",
      { cancel: { owner: "somebody", at: Number.MAX_SAFE_INTEGER - 60_000 } },
      { reason: "ready" },
    ],
  ])("%s", async (_, changes, parked) => {
    await stores.put({ ...newRow(on("a@x.com", "a")), ...changes });
    const batch = await batchOf([on("a@x.com", "a")]);
    expect(await parker.clearTheWay(batch, nothing)).toBe(true);
    expect(await rowOf("a")).toMatchObject({
      parked: { ...parked, dueAt: Number.MAX_SAFE_INTEGER },
      progress: { uncertain: false },
    });
  });
});

test("A wait that is over parks nobody", async () => {
  await stores.put({ ...newRow(on("a@x.com", "a")), notBefore: now });
  await stores.put({ ...newRow(on("b@x.com", "b")), cancel: { owner: "somebody", at: now - 60_000 } });
  const batch = await batchOf([on("a@x.com", "a")], [on("b@x.com", "b")]);
  expect(await parker.clearTheWay(batch, nothing)).toBe(false);
  expect(batch.works()).toHaveLength(2);
  expect(events).toEqual([]);
});

describe("an operation at which Adobe failed twice", () => {
  const failed = { ...untouched, uncertain: true, faults: 2, lastFaultAt: 100 };
  const suspectIn = async (...ids: string[]) => {
    for (const id of ids) await stores.put({ ...newRow(on(`${id}@x.com`, id)), progress: failed });
  };

  test("is parked as a suspect if Adobe has answered others since, due at once", async () => {
    await suspectIn("a");
    await setLane({ lastSuccessAt: 101 });
    await parker.clearTheWay(await batchOf([on("a@x.com", "a")]), nothing);
    expect(await rowOf("a")).toMatchObject({ parked: { reason: "suspect", dueAt: now }, progress: failed });
  });

  test("is not, if Adobe has answered nobody since", async () => {
    await suspectIn("a");
    await setLane({ lastSuccessAt: 100 });
    expect(await parker.clearTheWay(await batchOf([on("a@x.com", "a")]), nothing)).toBe(false);
  });

  test("is not parked anew once it is a suspect, so that it may be sent", async () => {
    await setLane({ lastSuccessAt: 101 });
    const parked = { reason: "suspect", dueAt: now } as const;
    const row = await stores.park(on("a@x.com", "a"), { progress: failed, parked });
    const batch = await batchOf();
    batch.keep(row);
    expect(await parker.reasonOf(batch, row, nothing)).toBeUndefined();
  });

  test.each([
    { others: 99, isParked: true },
    { others: 100, isParked: false },
  ])(
    "beside $others suspects is parked: $isParked, because a hundred at once are Adobe's failure",
    async ({ others, isParked }) => {
      await setLane({ lastSuccessAt: 101 });
      for (let index = 0; index < others; index++)
        await stores.park(on(`other-${index}@x.com`, `other-${index}`), { parked: { reason: "suspect", dueAt: now } });
      await suspectIn("a", "b");
      expect(await parker.clearTheWay(await batchOf([on("a@x.com", "a")]), nothing)).toBe(isParked);
      // The second operation of a message that is a suspect counts as well.
      const second = await batchOf([on("b@x.com", "c"), on("b@x.com", "b")]);
      expect(await parker.clearTheWay(second, nothing)).toBe(false);
    },
  );
});

describe("an operation that conflicts with one in the room", () => {
  const parkedEarlier = async (id: string, user: string, sequenceNumber: string) =>
    await stores.park(on(user, id), {
      parked: { reason: "held", dueAt: now + 60_000 },
      place: placeOf(sequenceNumber, 0),
    });

  test("is parked behind it if that one is earlier", async () => {
    await parkedEarlier("earlier", "a@x.com", "5");
    const batch = await batchOf([on("A@x.com", "a")], [on("b@x.com", "b")]);
    expect(await parker.clearTheWay(batch, nothing)).toBe(true);
    expect(await rowOf("a")).toMatchObject({
      parked: { reason: "behind", list: "behind#earlier", since: 0 },
      progress: { uncertain: false },
    });
    expect(await hasRow("b")).toBe(false);
  });

  test("goes in its turn if that one is later", async () => {
    await parkedEarlier("later", "a@x.com", "99");
    const batch = await batchOf([on("a@x.com", "a")]);
    expect(await parker.clearTheWay(batch, nothing)).toBe(false);
  });

  test("is parked behind the latest of several", async () => {
    await parkedEarlier("first", "a@x.com", "5");
    await parkedEarlier("second", "a@x.com", "6");
    await parker.clearTheWay(await batchOf([on("a@x.com", "a")]), nothing);
    expect((await rowOf("a")).parked).toMatchObject({ list: "behind#second" });
  });

  test("is parked behind it also after one of its message that a leaver has superseded", async () => {
    const leaver = operationOf("leaver", { user: "ada@x.com", do: [{ removeFromOrg: {} }] });
    const admitted = await stores.leaversFirst.admit({ ...newRow(leaver), place: placeOf("900", 0) });
    await stores.settlement.settle(await stores.put(admitted), { kind: "succeeded" });
    const rename = { usergroup: "old", do: [{ updateUserGroup: { name: "G" } }] };
    const parked = { reason: "held", dueAt: now + 60_000 } as const;
    await stores.park(operationOf("rename", rename), { parked, place: placeOf("5", 0) });
    const listing = (id: string, user: string) => operationOf(id, { usergroup: "G", do: [{ add: { user: [user] } }] });
    const batch = await batchOf([listing("a", "ada@x.com"), listing("b", "bob@x.com")]);
    expect(await parker.clearTheWay(batch, nothing)).toBe(true);
    expect((await rowOf("b")).parked).toEqual({ reason: "behind", list: "behind#rename", since: 0 });
    expect(await hasRow("a")).toBe(false);
  });

  test("goes in its turn if only a later operation of its message conflicts, which goes with another request", async () => {
    const group = { usergroup: "Busy", do: [{ createUserGroup: {} }] };
    const parked = { reason: "held", dueAt: now + 60_000 } as const;
    await stores.park(operationOf("group", group), { parked, place: placeOf("5", 0) });
    const steps = Array.from({ length: 10 }, (_, index) => ({ add: { group: [`P${index}`] } }));
    const first = operationOf("a", { user: "a@x.com", do: steps });
    const batch = await batchOf([first, operationOf("b", adding("a@x.com", "Busy"))]);
    expect(await parker.clearTheWay(batch, nothing)).toBe(false);
    expect(batch.works().map(({ operations }) => operations.length)).toEqual([2]);
  });

  test("asks nothing of the room while nobody is in it", async () => {
    const batch = await batchOf([on("a@x.com", "a")]);
    stores.calls.length = 0;
    await parker.clearTheWay(batch, nothing);
    expect(stores.calls).toEqual([]);
  });
});

test("A guest that Adobe may still apply waits on, as possibly applied", async () => {
  const row = await stores.park(on("a@x.com", "a"), { parked: { reason: "ready", dueAt: now } });
  const batch = await batchOf();
  batch.keep(row);
  const reason = await parker.reasonOf(batch, row, openUntil(now + 1, "a"));
  expect(reason).toEqual({ reason: "unsettled", dueAt: now + 1 });
  if (reason !== undefined) await parker.park(batch, row, reason);
  expect((await rowOf("a")).progress.uncertain).toBe(true);
  expect(batch.row("a" as OperationId)?.parked).toEqual(reason);
});
