import { describe, expect, test } from "vitest";
import type { ListName } from "../../../shared/operation/parked.ts";
import { placeBeforeAll, placeOf } from "../../../shared/operation/place.ts";
import {
  dueKinds,
  type Entrant,
  type Item,
  type Occupant,
  RoomKeys,
  toDueEntry,
  toFound,
  toListState,
} from "../../../shared/room/entry.ts";
import { operationId } from "../../support/operations.ts";

const keys = new RoomKeys("emea");
const place = placeOf("12", 3);
const occupant: Occupant = { id: operationId("call-1"), generation: 1, release: 2, place, enteredAt: 7 };
const behindFirst = "behind#first" as ListName;

const entrant = (parked: Entrant["parked"]): Entrant => ({
  ...occupant,
  parked,
  names: { writes: ["w"], reads: ["r"] },
});

describe("the keys of a lane", () => {
  test("are its own, and of another kind, name or list each", () => {
    const own = [
      ...dueKinds.map((kind) => keys.due(kind)),
      keys.name("touched", "n"),
      keys.name("written", "n"),
      keys.list(behindFirst),
      keys.lists,
      keys.aside,
      keys.ahead("n"),
    ];
    expect(new Set(own).size).toBe(own.length);
    expect(own.every((key) => key.startsWith("emea#"))).toBe(true);
  });

  test("are those that earlier versions have written", () => {
    expect(keys.due("held")).toBe("emea#due#held");
    expect(keys.name("touched", "n")).toBe("emea#touched#n");
    expect(keys.name("written", "n")).toBe("emea#written#n");
    expect(keys.list(behindFirst)).toBe("emea#behind#first");
    expect(keys.lists).toBe("emea#lists");
    expect(keys.aside).toBe("emea#aside");
    expect(keys.ahead("n")).toBe("emea#ahead#n");
  });
});

test("Each kind of wait with a time is asked for", () => {
  expect(dueKinds).toEqual(["leaver", "ready", "held", "suspect", "unsettled", "scheduled"]);
});

describe("an operation stands", () => {
  const sk = `${place}#call-1`;

  test("under each name that it writes for all that touch it, under each that it reads for those that write it", () => {
    expect(keys.namesOf(entrant({ reason: "ready", dueAt: 5 }))).toEqual([
      { pk: "emea#written#w", sk, occupant },
      { pk: "emea#touched#w", sk, occupant },
      { pk: "emea#touched#r", sk, occupant },
    ]);
  });

  test("in a list or among what is due, in one of the two", () => {
    const listed = entrant({ reason: "behind", list: behindFirst, since: 9 });
    expect(keys.listOf(listed)).toEqual([{ pk: "emea#behind#first", sk, occupant }]);
    expect(keys.dueOfEntrant(listed)).toEqual([]);
    const timed = entrant({ reason: "suspect", dueAt: 5 });
    expect(keys.listOf(timed)).toEqual([]);
    expect(keys.dueOfEntrant(timed)).toEqual([
      { pk: "emea#due#suspect", sk: `0000000000000005#${sk}`, dueAt: 5, occupant },
    ]);
  });

  test("in the list of a code after those that drew it before, whatever its place", () => {
    const since = (time: number) => keys.listOf(entrant({ reason: "held", list: "code#busy", since: time }))[0]?.sk;
    expect(since(9)).toBe(`0000000000000009#${sk}`);
    expect(String(since(9)) < String(since(10))).toBe(true);
  });
});

describe("an operation that goes ahead", () => {
  const day = 24 * 60 * 60;
  const leaver: Entrant = {
    ...entrant({ reason: "leaver", dueAt: 5 }),
    enteredAt: 1_800_000_000_999,
    ahead: ["u", "v"],
  };

  test("stands for older work under the names of its users, for thirty days", () => {
    const { parked: _, names: __, ahead: ___, ...entered } = leaver;
    const rest = { sk: `${place}#call-1`, occupant: entered, expiresAt: 1_800_000_000 + 30 * day };
    expect(keys.aheadOf(leaver)).toStrictEqual([
      { pk: "emea#ahead#u", ...rest },
      { pk: "emea#ahead#v", ...rest },
    ]);
    for (const item of keys.aheadOf(leaver)) expect(toFound(item).occupant).toEqual(entered);
  });

  test("stands like others besides, and no other stands ahead", () => {
    const { ahead: _, ...other } = leaver;
    expect(keys.namesOf(leaver)).toStrictEqual(keys.namesOf(other));
    expect(keys.dueOfEntrant(leaver)).toStrictEqual(keys.dueOfEntrant(other));
    const list = { reason: "behind", list: behindFirst, since: 9 } as const;
    expect(keys.listOf({ ...leaver, parked: list })).toStrictEqual(keys.listOf({ ...other, parked: list }));
    expect(keys.aheadOf(other)).toEqual([]);
  });
});

test("What is due by a moment sorts before its key, and what is due later does not", () => {
  const after = keys.dueAfter(1000);
  const at = (dueAt: number) => keys.dueOfList("held", dueAt, behindFirst).sk;
  expect(at(999) < after).toBe(true);
  expect(at(1000) < after).toBe(true);
  expect(at(1001) < after).toBe(false);
});

describe("an entry is read", () => {
  test("as it was written", () => {
    const [item] = keys.dueOfEntrant(entrant({ reason: "held", dueAt: 5 }));
    const { pk = "", sk = "" } = item ?? {};
    expect(item && toDueEntry(item)).toEqual({ kind: "operation", dueAt: 5, key: { pk, sk }, occupant });
    const list = keys.dueOfList("held", 8, "code#busy");
    expect(toDueEntry(list)).toEqual({ kind: "list", dueAt: 8, list: "code#busy", key: { pk: list.pk, sk: list.sk } });
  });

  test.each<[string, (item: Item) => Item]>([
    ["nothing but its key", ({ pk, sk }) => ({ pk, sk })],
    ["an occupant of another form", ({ pk, sk, dueAt }) => ({ pk, sk, dueAt, occupant: { id: 5 } })],
  ])("by its key if it has %s", (_, damaged) => {
    const newest = Number.MAX_SAFE_INTEGER;
    const known = { id: "call-1", place, generation: newest, release: 0, enteredAt: newest };
    for (const item of [
      ...keys.dueOfEntrant(entrant({ reason: "held", dueAt: 5 })),
      ...keys.namesOf(entrant({ reason: "held", dueAt: 5 })),
      ...keys.listOf(entrant({ reason: "held", list: "code#busy", since: 9 })),
      ...keys.listOf(entrant({ reason: "behind", list: behindFirst, since: 0 })),
    ])
      expect(toFound(damaged(item))).toEqual({
        key: { pk: item.pk, sk: item.sk },
        isDamaged: true,
        occupant: known,
      });
    const list = damaged(keys.dueOfList("ready", 8, behindFirst));
    expect(toDueEntry(list)).toMatchObject({ kind: "list", dueAt: 8, list: behindFirst });
  });

  test("by its key if its operation has a place before all", () => {
    for (const id of ["call-1", "code", "behind"]) {
      const early = { ...entrant({ reason: "held", dueAt: 5 }), id: operationId(id), place: placeBeforeAll(9, id) };
      const [item] = keys.dueOfEntrant(early);
      expect(item && toDueEntry({ pk: item.pk, sk: item.sk })).toMatchObject({
        kind: "operation",
        dueAt: 5,
        occupant: { id, place: early.place },
      });
    }
  });

  test("as one of nobody if its key is none of these", () => {
    expect(toFound({ pk: "p", sk: "nothing" }).occupant).toMatchObject({ id: "", place: "" });
  });
});

test.each([
  [
    { dueAt: 5, take: 3, failures: 2, entered: 4 },
    { dueAt: 5, take: 3, failures: 2, entered: 4 },
  ],
  [{}, { take: 1, failures: 0, entered: 0 }],
  [{ dueAt: "soon" }, { take: 1, failures: 0, entered: 0 }],
  [undefined, { take: 1, failures: 0, entered: 0 }],
])("The state of a list %o is read as %o", (item, state) => {
  expect(toListState(item)).toEqual(state);
});
