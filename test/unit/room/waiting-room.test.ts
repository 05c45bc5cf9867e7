import { beforeEach, describe, expect, test } from "vitest";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import type { Operation } from "../../../shared/operation/operation.ts";
import type { ListName, Parked } from "../../../shared/operation/parked.ts";
import { type Place, placeOf } from "../../../shared/operation/place.ts";
import { touches } from "../../../shared/planning/conflicts.ts";
import { dueKinds } from "../../../shared/room/entry.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;
let now: number;

beforeEach(async () => {
  stores = await Stores.create();
  now = stores.clock.now();
});

const on = (user: string, id: string, changes: Partial<Operation> = {}) => operationOf(id, adding(user, "P"), changes);
const ready = (dueAt: number): Parked => ({ reason: "ready", dueAt });
const behind = (id: string): Parked => ({ reason: "behind", list: `behind#${operationId(id)}`, since: 0 });
const ofCode = (code: string, since: number): Parked => ({ reason: "held", list: `code#${code}`, since });
const endless = Number.MAX_SAFE_INTEGER - 1;
/** Longer than any invocation lives. */
const longMs = 15 * 60_000 + 1;

const guests = async (kind: "ready" | "held" | "suspect" | "unsettled" = "ready") =>
  (await stores.waitingRoom.guests(kind)).map(({ row: { operation }, list }) =>
    list === undefined ? operation.id : `${operation.id} of ${list}`,
  );
const due = async (kind: "ready" | "held") => await stores.room.due(kind, endless, 100);
const members = async (list: ListName) => (await stores.room.members(list, 100)).map(({ occupant: { id } }) => id);
const leader = async (user: string, place: Place) =>
  (await stores.waitingRoom.leaderOf(touches(adding(user, "P")), place, operationId("nobody"), { areCrowdsIn: true }))
    ?.id;
const last = placeOf("9".repeat(39), 0);
const end = async (row: LedgerRow) => await stores.put({ ...row, status: "succeeded" });

describe("the guests of a kind", () => {
  test("are those that are due, the longest due first, ten at most", async () => {
    await stores.park(on("later@x.com", "later"), { parked: ready(now + 1) });
    for (let index = 11; index >= 0; index--)
      await stores.park(on(`${index}@x.com`, `op-${index}`), { parked: ready(now - 100 + index) });
    await stores.park(on("held@x.com", "held"), { parked: { reason: "held", dueAt: now } });
    expect(await guests()).toEqual(Array.from({ length: 10 }, (_, index) => `op-${index}`));
    expect(await guests("held")).toEqual(["held"]);
    expect(await guests("suspect")).toEqual([]);
  });

  test("are of a list as many members as may go, in order", async () => {
    for (const id of ["c", "a", "b"])
      await stores.park(on(`${id}@x.com`, id), {
        parked: behind("first"),
        place: placeOf(id.charCodeAt(0).toString(), 0),
      });
    expect(await guests()).toEqual([]);
    await stores.room.setList("ready", "behind#first" as ListName, { dueAt: now, take: 2, failures: 0 });
    expect(await guests()).toEqual(["a of behind#first", "b of behind#first"]);
  });

  test("are of the list of a code those who have waited longest, and at most ten", async () => {
    for (let index = 0; index < 12; index++)
      await stores.park(on(`${index}@x.com`, `op-${index}`), { parked: ofCode("busy", 100 - index) });
    await stores.room.setList("held", "code#busy", { dueAt: now, take: 50, failures: 0 });
    expect(await guests("held")).toEqual(Array.from({ length: 10 }, (_, index) => `op-${11 - index} of code#busy`));
  });
});

describe("an entry that its row does not bear out", () => {
  const cases: [string, Partial<LedgerRow>][] = [
    ["waits until another time", { parked: ready(5) }],
    ["waits for another reason", { parked: { reason: "suspect", dueAt: 1 } }],
    ["stands in a list", { parked: behind("first") }],
    ["was released since", { parked: ready(1), operation: on("a@x.com", "a", { release: 1 }) }],
    ["was retried since", { parked: ready(1), operation: on("a@x.com", "a", { generation: 1 }) }],
    ["has ended", { parked: ready(1), status: "succeeded" }],
    ["is not parked", {}],
  ];

  test.each(cases)("is not a guest: one that %s", async (_, changes) => {
    await stores.waitingRoom.expect({ ...newRow(on("a@x.com", "a")), parked: ready(1) });
    const row = await stores.put({ ...newRow(on("a@x.com", "a")), ...changes });
    expect(await guests()).toEqual([]);
    // What still waits, in whatever way, keeps its names.
    const waits = row.status === "queued" && row.operation.generation === 0;
    expect(await leader("a@x.com", last)).toBe(waits ? "a" : undefined);
  });

  test("is not a guest of a list if its row stands in another one", async () => {
    await stores.waitingRoom.expect({ ...newRow(on("a@x.com", "a")), parked: behind("first") });
    await stores.put({ ...newRow(on("a@x.com", "a")), parked: behind("second") });
    await stores.room.setList("ready", "behind#first" as ListName, { dueAt: now, take: 10, failures: 0 });
    expect(await guests()).toEqual([]);
  });

  test("stays for a quarter of an hour, because its row may be on the way, and is then deleted", async () => {
    await stores.waitingRoom.expect({ ...newRow(on("a@x.com", "a")), parked: ready(now) });
    await stores.clock.advance(longMs - 1);
    expect(await guests()).toEqual([]);
    expect(await due("ready")).toHaveLength(1);
    await stores.clock.advance(1);
    expect(await guests()).toEqual([]);
    expect(await due("ready")).toEqual([]);
  });

  test("goes at once if its operation has ended, with all that a crash has left of it", async () => {
    const row = await stores.park(on("a@x.com", "a"), { parked: ready(now), place: placeOf("1", 0) });
    await stores.park(on("a@x.com", "b"), { parked: behind("a"), place: placeOf("2", 0) });
    await end(row);
    expect(await guests()).toEqual([]);
    expect(await stores.room.listState("behind#a" as ListName)).toEqual({
      dueAt: now,
      take: 10,
      failures: 0,
      entered: 1,
    });
    expect((await due("ready")).map(({ kind }) => kind)).toEqual(["list"]);
    expect(await leader("a@x.com", placeOf("2", 0))).toBeUndefined();
    expect(await guests()).toEqual(["b of behind#a"]);
  });
});

test("An unreadable guest is set aside, out of the way of those that may go", async () => {
  const row = { ...newRow(on("a@x.com", "a")), parked: ready(now) };
  await stores.waitingRoom.expect(row);
  await stores.putText("a", "{}");
  await stores.park(on("b@x.com", "b"), { parked: ready(now) });
  expect(await guests()).toEqual(["b"]);
  expect((await due("ready")).map((entry) => entry.kind === "operation" && entry.occupant.id)).toEqual(["b"]);
  expect((await stores.room.aside(10)).map(({ aside }) => aside?.occupant.id)).toEqual(["a"]);
  // It still holds up what conflicts with it.
  expect(await leader("a@x.com", last)).toBe("a");
});

describe("a list", () => {
  const list = "behind#first" as ListName;

  test("without members is closed", async () => {
    await stores.room.setList("ready", list, { dueAt: now, take: 10, failures: 0 });
    expect(await guests()).toEqual([]);
    expect(await due("ready")).toEqual([]);
    expect(await stores.room.listState(list)).toBeUndefined();
  });

  test("without a state has a stale due entry as well", async () => {
    const state = { dueAt: now, take: 10, failures: 0 };
    await stores.room.setList("ready", list, state);
    expect(await stores.room.closeList(list, { ...state, entered: 0 })).toBe(true);
    expect(await guests()).toEqual([]);
    expect(await due("ready")).toHaveLength(1);
  });

  test("whose state has another time has a stale due entry, which is deleted after a quarter of an hour", async () => {
    await stores.park(on("a@x.com", "a"), { parked: behind("first") });
    await stores.room.setList("ready", list, { dueAt: now, take: 10, failures: 0 });
    await stores.room.setList("ready", list, { dueAt: now + endless / 2, take: 10, failures: 0 });
    expect(await guests()).toEqual([]);
    expect(await due("ready")).toHaveLength(2);
    await stores.clock.advance(longMs);
    expect(await guests()).toEqual([]);
    expect(await due("ready")).toHaveLength(1);
    expect(await members(list)).toEqual(["a"]);
  });
});

describe("whoever ends an operation", () => {
  test("lets those behind it go, and deletes all its entries", async () => {
    const row = await stores.park(on("a@x.com", "a"), { parked: ready(now), place: placeOf("1", 0) });
    await stores.park(on("a@x.com", "b"), { parked: behind("a"), place: placeOf("2", 0) });
    await stores.waitingRoom.end(await end(row));
    expect(await leader("a@x.com", placeOf("2", 0))).toBeUndefined();
    expect(await guests()).toEqual(["b of behind#a"]);
    expect((await due("ready")).map(({ kind }) => kind)).toEqual(["list"]);
  });

  test("lets those go as well who stand behind it and are not counted yet", async () => {
    const row = await stores.park(on("a@x.com", "a"), { parked: ready(now), place: placeOf("1", 0) });
    const member = { ...newRow(on("a@x.com", "b")), parked: behind("a"), place: placeOf("2", 0) };
    stores.dynamo.refuse({ action: "UpdateItem", status: 400, times: 1 });
    await expect(stores.waitingRoom.expect(member)).rejects.toThrow();
    await stores.put(member);
    await stores.waitingRoom.end(await end(row));
    expect(await guests()).toEqual(["b of behind#a"]);
  });

  test("makes no list if nobody is behind it", async () => {
    await stores.waitingRoom.end(await end(await stores.put(newRow(on("a@x.com", "a")))));
    expect(await stores.room.lists(10)).toEqual([]);
    expect(await due("ready")).toEqual([]);
  });

  test("deletes its due entry last, because that is how a crash is found", async () => {
    const row = await end(await stores.park(on("a@x.com", "a"), { parked: ready(now) }));
    stores.dynamo.refuse({ action: "BatchWriteItem", status: 400, times: 9 });
    await expect(stores.waitingRoom.end(row)).rejects.toThrow();
    expect(await due("ready")).toHaveLength(1);
  });
});

describe("whether fewer of a kind are in the room", () => {
  test("counts those that are not due as well, and no other kind", async () => {
    for (const id of ["a", "b"])
      await stores.park(on(`${id}@x.com`, id), { parked: { reason: "suspect", dueAt: now + 1_000_000 } });
    await stores.park(on("c@x.com", "c"), { parked: ready(now) });
    expect(await stores.waitingRoom.hasFewer("suspect", 2)).toBe(false);
    expect(await stores.waitingRoom.hasFewer("suspect", 3)).toBe(true);
  });
});

describe("the leader of an operation", () => {
  test("is the latest before it that it conflicts with, whatever waits after it or on other names", async () => {
    for (const [id, user] of [
      ["1", "a@x.com"],
      ["2", "a@x.com"],
      ["3", "other@x.com"],
      ["7", "a@x.com"],
    ] as const)
      await stores.park(on(user, id), { parked: ready(now), place: placeOf(id, 0) });
    expect(await leader("a@x.com", placeOf("5", 0))).toBe("2");
    expect(await leader("a@x.com", placeOf("2", 0))).toBe("1");
    expect(await leader("a@x.com", placeOf("1", 0))).toBeUndefined();
    expect(await leader("new@x.com", last)).toBeUndefined();
  });

  test("is the latest over all of its names", async () => {
    const both = { user: "a@x.com", do: [{ update: { email: "b@x.com" } }] };
    await stores.park(on("b@x.com", "1"), { parked: ready(now), place: placeOf("1", 0) });
    await stores.park(on("a@x.com", "2"), { parked: ready(now), place: placeOf("2", 0) });
    const asked = async (command: typeof both) =>
      (await stores.waitingRoom.leaderOf(touches(command), last, operationId("nobody"), { areCrowdsIn: false }))?.id;
    expect(await asked(both)).toBe("2");
    expect(await asked({ user: "b@x.com", do: [{ update: { email: "a@x.com" } }] })).toBe("2");
  });

  test("is not one that has ended or was retried since: their entries are deleted, and the next is asked for", async () => {
    await stores.park(on("a@x.com", "1"), { parked: ready(now), place: placeOf("1", 0) });
    await end(await stores.park(on("a@x.com", "2"), { parked: ready(now), place: placeOf("2", 0) }));
    const retried = await stores.park(on("a@x.com", "3"), { parked: ready(now), place: placeOf("3", 0) });
    await stores.put({ ...retried, operation: { ...retried.operation, generation: 1 }, place: last });
    expect(await leader("a@x.com", last)).toBe("1");
    stores.calls.length = 0;
    expect(await leader("a@x.com", last)).toBe("1");
    expect(stores.calls.filter(({ action }) => action === "BatchGetItem")).toHaveLength(1);
  });

  test("is one whose row is still on the way, for a quarter of an hour", async () => {
    await stores.waitingRoom.expect({ ...newRow(on("a@x.com", "a")), parked: ready(now), place: placeOf("1", 0) });
    expect(await leader("a@x.com", last)).toBe("a");
    await stores.clock.advance(longMs);
    expect(await leader("a@x.com", last)).toBeUndefined();
  });

  test("is not a scheduled one, which has no place until it is due", async () => {
    await stores.waitingRoom.expect({
      ...newRow(on("a@x.com", "a")),
      parked: { reason: "scheduled", dueAt: now + 9000 },
    });
    expect(await leader("a@x.com", last)).toBeUndefined();
    const written = stores.calls.flatMap(({ input }) => {
      const { room = [] } = (input["RequestItems"] ?? {}) as { room?: { PutRequest?: object }[] };
      return room.filter((request) => request.PutRequest !== undefined);
    });
    expect(written).toHaveLength(1);
  });

  test("may be one that touches more names than have entries of their own", async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ add: { group: [`Group ${index}`] } }));
    await stores.park(operationOf("crowd", { user: "crowd@x.com", do: many }), { parked: ready(now) });
    expect((await stores.marks.read())?.areCrowdsIn).toBe(true);
    const group = touches({ usergroup: "Group 7", do: [{ updateUserGroup: { description: "new" } }] });
    expect((await stores.waitingRoom.leaderOf(group, last, operationId("nobody"), { areCrowdsIn: true }))?.id).toBe(
      "crowd",
    );
    expect(
      await stores.waitingRoom.leaderOf(group, last, operationId("nobody"), { areCrowdsIn: false }),
    ).toBeUndefined();
  });
});

test("The mark is raised for each that is parked, and not for a row that is not", async () => {
  expect(await stores.waitingRoom.expect(newRow(on("a@x.com", "a")))).toBeUndefined();
  expect(await stores.marks.read()).toBeUndefined();
  await stores.park(on("a@x.com", "a"), { parked: ready(now) });
  await stores.park(on("b@x.com", "b"), { parked: ready(now) });
  expect(await stores.marks.read()).toEqual({ revision: 2, areCrowdsIn: false });
});

test.each(dueKinds)("A room in which something is %s is not empty", async (reason) => {
  expect(await stores.room.isEmpty()).toBe(true);
  await stores.park(on("a@x.com", "a"), { parked: { reason, dueAt: endless - 1 } });
  expect(await stores.room.isEmpty()).toBe(false);
});

test("An operation does not stand behind itself, though a message that nobody counts any more had an earlier place", async () => {
  await stores.park(on("a@x.com", "older"), { parked: ready(now), place: placeOf("3", 0) });
  const row = { ...newRow(on("a@x.com", "a")), parked: ready(now), place: placeOf("5", 0) };
  await stores.waitingRoom.expect(row);
  await stores.put({ ...row, place: placeOf("7", 0) });
  const found = await stores.waitingRoom.leaderOf(touches(adding("a@x.com", "P")), placeOf("7", 0), operationId("a"), {
    areCrowdsIn: false,
  });
  expect(found?.id).toBe("older");
});
