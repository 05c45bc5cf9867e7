import { beforeEach, describe, expect, test } from "vitest";
import type { Rows } from "../../../shared/ledger/ledger-dynamo.ts";
import { type LedgerRow, newRow } from "../../../shared/ledger/row.ts";
import { placeOf } from "../../../shared/operation/place.ts";
import type { Status } from "../../../shared/operation/status.ts";
import { touches } from "../../../shared/planning/conflicts.ts";
import type { Command } from "../../../shared/umapi/command.ts";
import { adding } from "../../support/judging.ts";
import { operationOf } from "../../support/operations.ts";
import { Stores } from "../../support/stores.ts";

let stores: Stores;

beforeEach(async () => {
  stores = await Stores.create();
});

const [ada, bob] = ["ada@x.com", "bob@x.com"];
const place = (sequence: number) => placeOf(String(sequence), 0);
const ids = (rows: Rows) => [...rows.keys()].sort();

/** A leaver that goes ahead, in the room and in the ledger. */
async function leaver(id: string, user: string, sequence: number): Promise<LedgerRow> {
  const operation = operationOf(id, { user, do: [{ removeFromOrg: {} }] });
  const parked = { reason: "leaver", dueAt: stores.clock.now() } as const;
  return await stores.park(operation, { early: true, parked, place: place(sequence) });
}

const found = async (command: Command, after: number) =>
  ids(await stores.waitingRoom.leaversAfter(touches(command), place(after)));

describe("Older work finds leavers that go ahead", () => {
  test("of every user whom it writes, with a later place", async () => {
    await leaver("a", ada, 5);
    await leaver("b", bob, 7);
    await leaver("again", ada, 9);
    await stores.park(operationOf("other", adding(ada, "P")), {
      parked: { reason: "ready", dueAt: 1 },
      place: place(8),
    });
    expect(await found(adding("ADA@x.com", "P"), 4)).toEqual(["a", "again"]);
    expect(await found(adding(ada, "P"), 5)).toEqual(["again"]);
    expect(await found(adding(ada, "P"), 9)).toEqual([]);
    expect(await found({ usergroup: "P", do: [{ add: { user: [bob, ada] } }] }, 6)).toEqual(["again", "b"]);
    expect(await found(adding("cleo@x.com", "P"), 4)).toEqual([]);
  });

  test("that have a row, also one that cannot be read", async () => {
    await leaver("a", ada, 5);
    await stores.putText("a", "{}");
    const entered = newRow(operationOf("b", { user: ada, do: [{ removeFromOrg: {} }] }));
    const parked = { reason: "leaver", dueAt: 1 } as const;
    await stores.waitingRoom.expect({ ...entered, early: true, parked, place: place(6) });
    await leaver("c", ada, 7);
    expect(await found(adding(ada, "P"), 4)).toEqual(["a", "c"]);
  });

  test("as long as they go ahead, wherever they wait", async () => {
    const row = await leaver("a", ada, 5);
    const elsewhere: LedgerRow = { ...row, parked: { reason: "held", dueAt: 9 } };
    await stores.waitingRoom.expect(elsewhere);
    await stores.waitingRoom.forgetPlace(row, elsewhere, stores.clock.now());
    expect(await found(adding(ada, "P"), 4)).toEqual(["a"]);
    const { early: _, ...inItsPlace } = elsewhere;
    await stores.waitingRoom.forgetPlace(elsewhere, inItsPlace, stores.clock.now());
    expect(await found(adding(ada, "P"), 4)).toEqual([]);
    expect(await stores.room.due("held", 9, 10)).toHaveLength(1);
  });

  test.each<[Status, string[]]>([
    ["succeeded", ["a"]],
    ["failed", []],
    ["canceled", []],
    ["superseded", []],
  ])("once they have ended as %s: %j", async (status, expected) => {
    const row = await leaver("a", ada, 5);
    await stores.waitingRoom.end(await stores.put({ ...row, status }));
    expect(await found(adding(ada, "P"), 4)).toEqual(expected);
    expect(await stores.room.isEmpty()).toBe(true);
  });
});

describe("The earliest operations that touch a user", () => {
  const earliest = async (user: string, areCrowdsIn: boolean) =>
    ids(await stores.waitingRoom.earliestOn(touches(adding(user, "P")), { areCrowdsIn }));
  const park = async (id: string, command: Command) =>
    await stores.park(operationOf(id, command), { parked: { reason: "ready", dueAt: 1 }, place: place(3) });

  test("are those that have a row, whether they are on the user or list the user", async () => {
    await park("on", adding(ada, "P"));
    await park("listing", { usergroup: "G", do: [{ add: { user: [bob, ada] } }] });
    await park("unreadable", adding(ada, "P"));
    await stores.putText("unreadable", "{}");
    expect(await earliest(ada, false)).toEqual(["listing", "on", "unreadable"]);
    expect(await earliest(bob, false)).toEqual(["listing"]);
    expect(await earliest("cleo@x.com", false)).toEqual([]);
  });

  test("are crowds as well, if there may be any", async () => {
    const user = Array.from({ length: 101 }, (_, index) => `user-${index}@x.com`);
    await park("crowd", { usergroup: "G", do: [{ add: { user } }] });
    expect(await earliest("user-7@x.com", false)).toEqual([]);
    expect(await earliest("user-7@x.com", true)).toEqual(["crowd"]);
  });
});

describe("A list that is let go once", () => {
  const list = "code#busy";
  const now = () => stores.clock.now();

  test("is due from then on, and has one entry however often it is let go", async () => {
    await stores.park(operationOf("a", adding(ada, "P")), { parked: { reason: "held", list, since: 0 } });
    await stores.waitingRoom.letGo(list);
    const first = now();
    await stores.clock.advance(1000);
    await stores.waitingRoom.letGo(list);
    expect(await stores.room.due("ready", now(), 10)).toMatchObject([{ kind: "list", list, dueAt: first }]);
    expect((await stores.room.listState(list))?.dueAt).toBe(first);
  });

  test("is not made if it has no members", async () => {
    await stores.waitingRoom.letGo(list);
    expect(await stores.room.due("ready", now(), 10)).toEqual([]);
    expect(await stores.room.listState(list)).toBeUndefined();
  });
});
