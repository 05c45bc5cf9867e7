import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  GetItemCommand,
  type KeyType,
  PutItemCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, BatchWriteCommand, type BatchWriteCommandInput, GetCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { callsOn, refusedAsInvalid } from "./calls.ts";
import { operations, readings, type Store } from "./stores.ts";

const { TableName } = operations;

export function describeTables(store: () => Store): void {
  describe("tables", () => {
    it("are described as they were created, and active", async () => {
      const { Table } = await store().client.send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({ TableName, TableStatus: "ACTIVE", KeySchema: operations.KeySchema });
      expect(Table?.TableArn).toBe("arn:aws:dynamodb:us-east-1:000000000000:table/operations");
      expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(["byRoot", "byStatus"]);
    });

    it("are created once, and refused where they are missing", async () => {
      await expect(store().client.send(new CreateTableCommand(operations))).rejects.toThrow(ResourceInUseException);
      const missing = { TableName: "nowhere", Key: { pk: { S: "a" } } };
      await expect(store().client.send(new GetItemCommand(missing))).rejects.toThrow(ResourceNotFoundException);
      const description = store().client.send(new DescribeTableCommand({ TableName: "nowhere" }));
      await expect(description).rejects.toThrow(ResourceNotFoundException);
    });

    const key = (AttributeName: string, KeyType: KeyType) => ({ AttributeName, KeyType });
    it.each<[fault: string, Partial<CreateTableCommandInput>]>([
      ["a key that is not defined", { KeySchema: [key("pk", "HASH"), key("other", "RANGE")] }],
      ["a definition that no key uses", { KeySchema: [key("pk", "HASH")] }],
      ["one attribute as both keys", { KeySchema: [key("pk", "HASH"), key("pk", "RANGE")] }],
      ["two partition keys", { KeySchema: [key("pk", "HASH"), key("reading", "HASH")] }],
      ["a sort key alone", { KeySchema: [key("pk", "RANGE")] }],
    ])("are refused with %s", async (_, fault) => {
      const created = store().client.send(new CreateTableCommand({ ...readings, TableName: "odd", ...fault }));
      await expect(created).rejects.toMatchObject(refusedAsInvalid);
    });
  });
}

export function describeItems(store: () => Store): void {
  const { fresh, put, get, update } = callsOn(store);

  describe("items", () => {
    it("come back as they were put, whole", async () => {
      const pk = fresh("items");
      const item = {
        pk,
        text: "grüße 😀",
        count: 1.5,
        yes: true,
        nothing: null,
        sent: [1, "a", [false]],
        at: { x: {} },
      };
      await put(item);
      expect(await get(pk)).toEqual(item);
      await put({ pk, other: "" });
      expect(await get(pk)).toEqual({ pk, other: "" });
      expect(await get(fresh("items"))).toBeUndefined();
    });

    it.each([
      ["1.0", "1"],
      ["-0", "0"],
      ["0100", "100"],
      ["1e3", "1000"],
      [".5E-2", "0.005"],
      ["-12.3400", "-12.34"],
      ["12345678901234567890123456789012345678", "12345678901234567890123456789012345678"],
      ["1e125", `1${"0".repeat(125)}`],
      ["1e-130", `0.${"0".repeat(129)}1`],
    ])("hold numbers by value: %s is %s", async (N, canonical) => {
      const pk = { S: fresh("numbers") };
      await store().client.send(new PutItemCommand({ TableName, Item: { pk, n: { N } } }));
      const { Item } = await store().client.send(new GetItemCommand({ TableName, Key: { pk } }));
      expect(Item?.["n"]).toEqual({ N: canonical });
    });

    it.each(["", "x", "1e126", "1e-131", "1".repeat(39), "--1", "1e", "0x1", "NaN"])(
      "hold no number that is written %j",
      async (N) => {
        const Item = { pk: { S: fresh("numbers") }, n: { N } };
        const written = store().client.send(new PutItemCommand({ TableName, Item }));
        await expect(written).rejects.toMatchObject(refusedAsInvalid);
      },
    );

    it("are at most 400 KB", async () => {
      const pk = fresh("items");
      const room = 400 * 1024 - Buffer.byteLength(`pk${pk}text`);
      await put({ pk, text: "x".repeat(room) });
      await expect(put({ pk, text: "x".repeat(room + 1) })).rejects.toMatchObject(refusedAsInvalid);
      const grown = update(pk, { UpdateExpression: "SET extra = :v", ExpressionAttributeValues: { ":v": "" } });
      await expect(grown).rejects.toMatchObject(refusedAsInvalid);
      expect(await get(pk)).toEqual({ pk, text: "x".repeat(room) });
    });

    it.each([{}, { id: "a" }, { pk: 7 }, { pk: "" }, { pk: "x".repeat(2049) }])(
      "have the table's key, of its type, filled and not too long: not %j",
      async (item) => {
        await expect(put(item)).rejects.toMatchObject(refusedAsInvalid);
      },
    );

    it.each([{}, { id: "a" }, { pk: 7 }, { pk: "" }, { pk: "a", id: "b" }])(
      "are found by the table's key and nothing else: not %j",
      async (Key) => {
        const read = store().documents.send(new GetCommand({ TableName, Key }));
        await expect(read).rejects.toMatchObject(refusedAsInvalid);
      },
    );

    it("fit the keys of the indexes, if they have them", async () => {
      await put({ pk: fresh("items"), status: "queued" });
      await expect(put({ pk: fresh("items"), status: 1 })).rejects.toMatchObject(refusedAsInvalid);
      const wrong = { UpdateExpression: "SET #r = :v", ExpressionAttributeNames: { "#r": "root" } };
      const updated = update(fresh("items"), { ...wrong, ExpressionAttributeValues: { ":v": 1 } });
      await expect(updated).rejects.toMatchObject(refusedAsInvalid);
    });
  });
}

export function describeBatches(store: () => Store): void {
  const { fresh, put } = callsOn(store);
  const batchGet = (Keys: Record<string, unknown>[]) =>
    store().documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }));

  describe("a BatchGetItem", () => {
    it("gives those of up to 100 items that there are, in any order", async () => {
      const keys = Array.from({ length: 100 }, () => ({ pk: fresh("batch") }));
      const items = keys.slice(0, 98).map((key, n) => ({ ...key, n }));
      for (const item of items) await put(item);
      const { Responses, UnprocessedKeys } = await batchGet(keys);
      const found = Responses?.[TableName] ?? [];
      expect(found.toSorted((one, other) => one["n"] - other["n"])).toEqual(items);
      expect(UnprocessedKeys).toEqual({});
    });

    it.each([
      ["no keys", []],
      ["101 keys", Array.from({ length: 101 }, (_, n) => ({ pk: `${n}` }))],
      ["a key twice", [{ pk: "a" }, { pk: "b" }, { pk: "a" }]],
      ["a key of the wrong shape", [{ id: "a" }]],
    ])("is refused with %s", async (_, keys) => {
      await expect(batchGet(keys)).rejects.toMatchObject(refusedAsInvalid);
    });
  });

  describe("a BatchWriteItem", () => {
    const { get } = callsOn(store);
    const batchWrite = (writes: ({ PutRequest: object } | { DeleteRequest: object })[]) =>
      store().documents.send(
        new BatchWriteCommand({ RequestItems: { [TableName]: writes } } as BatchWriteCommandInput),
      );
    const putOf = (pk: string, n = 0) => ({ PutRequest: { Item: { pk, n } } });
    const deleteOf = (pk: string) => ({ DeleteRequest: { Key: { pk } } });

    it("puts and deletes up to 25 items, over what is there, and misses nothing that is not", async () => {
      const [old, gone, absent] = [fresh("write"), fresh("write"), fresh("write")];
      await put({ pk: old, n: 1, other: true });
      await put({ pk: gone });
      const others = Array.from({ length: 22 }, () => fresh("write"));
      const writes = [putOf(old, 2), deleteOf(gone), deleteOf(absent), ...others.map((pk) => putOf(pk))];
      const { UnprocessedItems } = await batchWrite(writes);
      expect(UnprocessedItems).toEqual({});
      expect(await get(old)).toEqual({ pk: old, n: 2 });
      expect(await get(gone)).toBeUndefined();
      expect(await get(others.at(-1) ?? "")).toBeDefined();
    });

    it.each([
      ["no writes", []],
      ["26 writes", Array.from({ length: 26 }, (_, n) => putOf(`${n}`))],
      ["a key twice", [putOf("a"), deleteOf("b"), deleteOf("a")]],
      ["a key of the wrong shape", [{ DeleteRequest: { Key: { id: "a" } } }]],
    ])("is refused with %s, and writes nothing", async (_, writes) => {
      await expect(batchWrite(writes)).rejects.toMatchObject(refusedAsInvalid);
      expect(await get("0")).toBeUndefined();
      expect(await get("a")).toBeUndefined();
    });
  });
}
