import { beforeEach, describe, expect, test } from "vitest";
import { Ledger, type LedgerEvent } from "../../../shared/ledger/ledger-dynamo.ts";
import { newRow } from "../../../shared/ledger/row.ts";
import { markKey } from "../../../shared/room/mark-key.ts";
import { adding } from "../../support/judging.ts";
import { operationId, operationOf } from "../../support/operations.ts";
import { Stores } from "../../support/stores.ts";

const rowOf = (id: string) => newRow(operationOf(id, adding(`${id}@x.com`, "P")));

let stores: Stores;

beforeEach(async () => {
  stores = await Stores.create();
});

const written = async (count: number) => {
  const ids = Array.from({ length: count }, (_, index) => operationId(`op-${index}`));
  for (const id of ids) await stores.ledger.write(rowOf(id));
  stores.calls.length = 0;
  return ids;
};

/** What the calls to the ledger have asked for: the table, the keys, and whether the read was consistent. */
const asked = () =>
  stores.calls.map(({ input }) => {
    const { ledger } = input["RequestItems"] as { ledger: { Keys: readonly object[]; ConsistentRead?: boolean } };
    return { keys: ledger.Keys.length, isConsistent: ledger.ConsistentRead };
  });

describe("rows are read", () => {
  test("consistently, a hundred at a time, each once", async () => {
    const ids = await written(101);
    const rows = await stores.ledger.read([...ids, ...ids, operationId("unknown")]);
    expect([...rows.keys()].toSorted()).toEqual(ids.toSorted());
    expect(asked()).toEqual([
      { keys: 100, isConsistent: true },
      { keys: 2, isConsistent: true },
    ]);
  });

  test("again if DynamoDB leaves some of them out", async () => {
    const ids = await written(3);
    stores.dynamo.refuse({ action: "BatchGetItem", entries: [1, 2] });
    expect((await stores.ledger.read(ids)).size).toBe(3);
    expect(asked().map(({ keys }) => keys)).toEqual([3, 2]);
  });

  test("without a call if there is nothing to read", async () => {
    expect((await stores.ledger.read([])).size).toBe(0);
    expect(stores.calls).toEqual([]);
  });

  test("beside other items of the table, which are no rows", async () => {
    const ids = await written(2);
    await stores.marks.raise(false);
    const pk = markKey("default");
    const { rows, items } = await stores.ledger.readBeside(ids, [pk, "lane#none#paused"]);
    expect([...rows.keys()].toSorted()).toEqual(ids);
    expect([...items]).toEqual([[pk, { pk, revision: 1 }]]);
  });

  test("and one of another version's form is told of, by its id alone", async () => {
    await stores.putText("a", "{}");
    await stores.ledger.write(rowOf("b"));
    const rows = await stores.ledger.read([operationId("a"), operationId("b")]);
    expect(rows.get(operationId("a"))).toBe("unreadable");
    expect(rows.get(operationId("b"))).toMatchObject({ revision: 1 });
    expect(stores.unreadable).toEqual(["a"]);
    await expect(stores.ledger.readAgain(operationId("a"))).rejects.toThrow(/^The row of a cannot be read any more$/);
    await expect(stores.ledger.readAgain(operationId("a"))).rejects.toHaveProperty("name", "UnreadableRow");
    expect(await stores.ledger.readAgain(operationId("none"))).toBeUndefined();
  });

  test("and an event says of which operation the row cannot be read", async () => {
    const events: LedgerEvent[] = [];
    const ledger = new Ledger(stores.documents, "ledger", (event) => events.push(event));
    for (const id of ["a", "b"]) await stores.putText(id, "{}");
    await ledger.read([operationId("a"), operationId("b")]);
    expect(events.toSorted((one, other) => one.operationId.localeCompare(other.operationId))).toEqual([
      { kind: "unreadable row", operationId: "a" },
      { kind: "unreadable row", operationId: "b" },
    ]);
  });
});

describe("a row is written", () => {
  test("over the revision that was read, and over no other", async () => {
    expect(await stores.ledger.write(rowOf("a"))).toBe(true);
    expect(await stores.ledger.write(rowOf("a"))).toBe(false);
    const read = await stores.row(operationId("a"));
    expect(read.revision).toBe(1);
    expect(await stores.ledger.write({ ...read, charges: 1 })).toBe(true);
    expect(await stores.ledger.write({ ...read, charges: 2 })).toBe(false);
    expect(await stores.row(operationId("a"))).toMatchObject({ charges: 1, revision: 2 });
  });

  test("not again if it was deleted since", async () => {
    expect(await stores.ledger.write({ ...rowOf("a"), revision: 3 })).toBe(false);
  });

  test("or the error of the table is thrown", async () => {
    stores.dynamo.refuse({ action: "PutItem", status: 400, code: "ThrottlingException" });
    await expect(stores.ledger.write(rowOf("a"))).rejects.toHaveProperty("name", "ThrottlingException");
  });
});
