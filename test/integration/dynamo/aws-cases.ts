import { ConditionalCheckFailedException, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { callsOn, refusedAsInvalid } from "./calls.ts";
import { operations, type Store, words } from "./stores.ts";

const { TableName } = operations;

/** What AWS does and dynalite does not. */
export function describeWhatDynaliteLacks(store: () => Store): void {
  const { fresh, put, get, query } = callsOn(store);
  const conditional = (ConditionExpression: string, value: unknown) => ({
    ConditionExpression,
    ExpressionAttributeValues: { ":v": value },
  });

  describe("the model alone", () => {
    it("compares documents by what they hold", async () => {
      const pk = fresh("aws");
      const documents = { at: { x: [1, { y: "z" }] }, sent: [1, 2] };
      await put({ pk, ...documents });
      await put({ pk, ...documents }, conditional("sent = :v", [1, 2]));
      await put({ pk, ...documents }, conditional("nested <> :v", {}));
      const other = put({ pk }, conditional("sent = :v", [2, 1]));
      await expect(other).rejects.toThrow(ConditionalCheckFailedException);
      await put(
        { pk, map: documents },
        { ...conditional("#at = :v", documents.at), ExpressionAttributeNames: { "#at": "at" } },
      );
      const same = { ...conditional("#map <> :v", documents), ExpressionAttributeNames: { "#map": "map" } };
      await expect(put({ pk }, same)).rejects.toThrow(ConditionalCheckFailedException);
      await put({ pk }, { ...same, ExpressionAttributeValues: { ":v": { ...documents, sent: [] } } });
      expect(await get(pk)).toEqual({ pk });
    });

    it("compares text by its bytes in conditions, too", async () => {
      const pk = fresh("aws");
      await put({ pk, s: "\u{1f600}" });
      await put({ pk, s: "\u{1f600}" }, conditional("s > :v", "\uf000"));
      await expect(put({ pk }, conditional("s < :v", "\uf000"))).rejects.toThrow(ConditionalCheckFailedException);
    });

    it.each([true, null, [1], { a: 1 }])("has no order among values such as %j", async (value) => {
      await expect(put({ pk: fresh("aws") }, conditional("n < :v", value))).rejects.toMatchObject(refusedAsInvalid);
    });

    it("takes no empty text for an index's key, nor for a key to look for", async () => {
      await expect(put({ pk: fresh("aws"), status: "", order: "1" })).rejects.toMatchObject(refusedAsInvalid);
      const asked = { TableName: words.TableName, ExpressionAttributeValues: { ":pk": "a", ":word": "" } };
      await expect(query("pk = :pk AND word = :word", asked)).rejects.toMatchObject(refusedAsInvalid);
    });

    it("counts bytes, not characters, in items and keys", async () => {
      const wide = "ü".repeat(200 * 1024);
      await expect(put({ pk: fresh("aws"), wide })).rejects.toMatchObject(refusedAsInvalid);
      await expect(put({ pk: "ü".repeat(1025) })).rejects.toMatchObject(refusedAsInvalid);
    });

    it("gives up to 16 MB in one BatchGetItem, and names the keys beyond that", async () => {
      const keys = Array.from({ length: 45 }, () => ({ pk: fresh("aws") }));
      for (const key of keys) await put({ ...key, text: "x".repeat(390 * 1024) });
      const request = { RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = await store().documents.send(new BatchGetCommand(request));
      expect(Responses?.[TableName]).toHaveLength(42);
      expect(UnprocessedKeys).toEqual({ [TableName]: { Keys: keys.slice(42), ConsistentRead: true } });
    });

    it("holds no sum of more than 38 digits", async () => {
      const pk = { S: fresh("aws") };
      await store().client.send(new PutItemCommand({ TableName, Item: { pk, n: { N: "9".repeat(38) } } }));
      const add = (N: string) => {
        const request = {
          TableName,
          Key: { pk },
          UpdateExpression: "ADD n :v",
          ExpressionAttributeValues: { ":v": { N } },
        };
        return store().client.send(new UpdateItemCommand({ ...request, ReturnValues: "ALL_NEW" }));
      };
      await expect(add("0.1")).rejects.toMatchObject(refusedAsInvalid);
      expect((await add("1")).Attributes?.["n"]).toEqual({ N: `1${"0".repeat(38)}` });
    });
  });
}
