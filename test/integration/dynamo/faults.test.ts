import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
} from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { createDynamo, type Dynamo } from "../../simulation/dynamo/dynamo.ts";
import { callsOn } from "./calls.ts";
import { createTable, openModel, operations, type Store } from "./stores.ts";

const { TableName } = operations;

let dynamo: Dynamo;
let store: Store;
const { put, get, query } = callsOn(() => store);
const batchGet = (...keys: string[]) => {
  const Keys = keys.map((pk) => ({ pk }));
  return store.documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }));
};

beforeEach(async () => {
  dynamo = createDynamo();
  store = await openModel(dynamo);
  await createTable(store, operations);
});

describe("the model told to refuse", () => {
  it("throws what it is told to, so often, and changes nothing", async () => {
    dynamo.refuse({ action: "PutItem", code: "ThrottlingException", status: 400, times: 2 });
    await expect(put({ pk: "a" })).rejects.toThrow(ThrottlingException);
    await expect(put({ pk: "a" })).rejects.toThrow("told to refuse");
    expect(await get("a")).toBeUndefined();
    await put({ pk: "a" });
    dynamo.refuse({ action: "GetItem", code: "ProvisionedThroughputExceededException", status: 400, message: "Slow." });
    await expect(get("a")).rejects.toThrow(ProvisionedThroughputExceededException);
    dynamo.refuse({ action: "Query", resource: "other" });
    const takeBack = dynamo.refuse({ action: "Query", code: "InternalServerError", times: 9 });
    const ask = () =>
      query("#root = :r", {
        IndexName: "byRoot",
        ExpressionAttributeNames: { "#root": "root" },
        ExpressionAttributeValues: { ":r": "r" },
      });
    await expect(ask()).rejects.toThrow(InternalServerError);
    takeBack();
    expect((await ask()).Items).toEqual([]);
  });

  it("loses the answer of a write that took effect", async () => {
    dynamo.refuse({ action: "PutItem", applied: true });
    await expect(put({ pk: "a", revision: 1 })).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(await get("a")).toEqual({ pk: "a", revision: 1 });
  });

  it("leaves keys of a BatchGetItem unprocessed, by place or by what they hold", async () => {
    for (const pk of ["a", "b", "c"]) await put({ pk });
    dynamo.refuse({ action: "BatchGetItem", entries: [1] });
    const first = await batchGet("a", "b", "c");
    expect(first.Responses?.[TableName]).toHaveLength(2);
    expect(first.UnprocessedKeys).toEqual({ [TableName]: { Keys: [{ pk: "b" }], ConsistentRead: true } });
    dynamo.refuse({ action: "BatchGetItem", entries: (key) => JSON.stringify(key).includes('"b"') });
    expect((await batchGet("b", "c")).Responses).toEqual({ [TableName]: [{ pk: "c" }] });
    dynamo.refuse({ action: "BatchGetItem", resource: TableName, entries: [0] });
    await expect(batchGet("a")).rejects.toThrow(ProvisionedThroughputExceededException);
    expect((await batchGet("a")).UnprocessedKeys).toEqual({});
  });
});

describe("the model told to leave writes of a batch undone", () => {
  it("does the others, and names those", async () => {
    const writes = ["a", "b"].map((pk) => ({ PutRequest: { Item: { pk } } }));
    const send = () => store.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: writes } }));
    dynamo.refuse({ action: "BatchWriteItem", entries: [1] });
    expect((await send()).UnprocessedItems).toEqual({ [TableName]: [{ PutRequest: { Item: { pk: "b" } } }] });
    expect([await get("a"), await get("b")]).toEqual([{ pk: "a" }, undefined]);
    dynamo.refuse({ action: "BatchWriteItem", applied: true });
    await expect(send()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(await get("b")).toEqual({ pk: "b" });
  });
});

describe("time to live", () => {
  const now = 1_800_000_000;
  const year = 365 * 24 * 60 * 60;

  it("deletes what lies behind, by seconds, everywhere, when it is told to", async () => {
    const listed = { status: "failed", order: "1" };
    await put({ pk: "over", ...listed, expiresAt: now - 1 });
    for (const [pk, expiresAt] of Object.entries({ now, ahead: now + 1, text: "0", ages: now - 6 * year })) {
      await put({ pk, ...listed, expiresAt });
    }
    await put({ pk: "never", ...listed });
    expect(await get("over")).toBeDefined();
    expect(dynamo.deleteExpired(now)).toBe(1);
    expect(await get("over")).toBeUndefined();
    const { Items } = await query("#s = :s", {
      IndexName: "byStatus",
      ExpressionAttributeNames: { "#s": "status" },
      ExpressionAttributeValues: { ":s": "failed" },
    });
    expect(Items?.map(({ pk }) => pk).sort()).toEqual(["ages", "ahead", "never", "now", "text"]);
  });

  it("goes by another attribute if asked to", async () => {
    const other = createDynamo({ timeToLiveAttribute: "gone" });
    store = await openModel(other);
    await createTable(store, operations);
    await put({ pk: "a", gone: now - 1 });
    await put({ pk: "b", expiresAt: now - 1 });
    expect(other.deleteExpired(now)).toBe(1);
    expect(await get("b")).toBeDefined();
  });
});

describe("the model", () => {
  it("has done what it was asked for when the call returns", async () => {
    const put = dynamo.handle("PutItem", { TableName, Item: { pk: { S: "a" } } });
    const get = dynamo.handle("GetItem", { TableName, Key: { pk: { S: "a" } } });
    expect([(await get).body, (await put).body]).toEqual([{ Item: { pk: { S: "a" } } }, {}]);
  });

  it("keeps to itself what it holds", async () => {
    const error = { M: { code: { S: "a" } } };
    await dynamo.handle("PutItem", { TableName, Item: { pk: { S: "a" }, error } });
    error.M.code.S = "changed";
    expect(await get("a")).toEqual({ pk: "a", error: { code: "a" } });
  });

  it.each(["Scan", "TransactWriteItems", "constructor"])("has no action %s", async (action) => {
    expect(await dynamo.handle(action, {})).toMatchObject({
      status: 400,
      body: { __type: expect.stringMatching(/UnknownOperationException$/) },
    });
  });

  const Key = { pk: { S: "a" } };
  const values = { ExpressionAttributeValues: { ":v": { N: "1" } } };
  const onPut = (ConditionExpression: string) => ({ Item: Key, ConditionExpression, ...values });
  const onUpdate = (UpdateExpression: string) => ({ Key, UpdateExpression, ...values });
  it.each<[what: string, action: string, input: object]>([
    ["a set", "PutItem", { Item: { ...Key, names: { SS: ["a"] } } }],
    ["a value of two types", "PutItem", { Item: { ...Key, n: { S: "1", N: "1" } } }],
    ["documents nested too deep", "PutItem", { Item: { ...Key, deep: nested(40) } }],
    ["a projection", "GetItem", { Key, ProjectionExpression: "pk" }],
    ["a condition of the old kind", "PutItem", { Item: Key, Expected: {} }],
    ["a member that it does not know", "DeleteItem", { Key, ReturnConsumedCapacity: "TOTAL" }],
    ["an attribute nested twice", "PutItem", onPut("row.failure.code = :v")],
    ["an element of a list", "PutItem", onPut("sent[0] = :v")],
    ["two attributes compared", "PutItem", onPut("n = m AND o = :v")],
    ["a value that comes first", "PutItem", onPut(":v = n")],
    ["IN", "PutItem", onPut("n IN (:v)")],
    ["size", "PutItem", onPut("size(n) = :v")],
    ["attribute_type", "PutItem", onPut("attribute_type(n, :v)")],
    ["list_append", "UpdateItem", onUpdate("SET sent = list_append(sent, :v)")],
    ["DELETE", "UpdateItem", onUpdate("DELETE names :v")],
    ["a nested change", "UpdateItem", onUpdate("SET error.code = :v")],
    ["a sum of three", "UpdateItem", onUpdate("SET n = n + :v + :v")],
  ])("refuses %s, which it would misread", async (_, action, input) => {
    expect(await dynamo.handle(action, { TableName, ...input })).toMatchObject({
      status: 400,
      body: { __type: "com.amazon.coral.validate#ValidationException" },
    });
  });
});

function nested(depth: number): object {
  return depth === 0 ? { S: "" } : { L: [nested(depth - 1)] };
}
