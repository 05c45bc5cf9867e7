import { PutCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { callsOn, refusedAsInvalid } from "./calls.ts";
import { readings, type Store, words } from "./stores.ts";

/** Each list is in DynamoDB's order; that of UTF-16 has U+F000 behind the emoji. */
const texts = ["a", "ab", "ab\u0000", "abc", "b", "\u00e9", "\ud7ff", "\uf000", "\u{1f600}", "\u{1f600}a"];
const numbers = [-9e15, -11, -2.5, -2, 0, 0.001, 1, 9, 10, 9e15];
const bytes = [[0], [0, 0], [0, 255], [1], [127, 1], [128], [255]].map((each) => Uint8Array.from(each));

export function describeQueries(store: () => Store): void {
  const { fresh, query } = callsOn(store);

  /** Puts an item for each value of the sort key, the last first. */
  async function fill(TableName: string, sortKey: string, values: readonly unknown[]): Promise<string> {
    const pk = fresh("queries");
    for (const value of values.toReversed()) {
      await store().documents.send(new PutCommand({ TableName, Item: { pk, [sortKey]: value } }));
    }
    return pk;
  }

  function ask(TableName: string, pk: string, test: string, a?: unknown, b?: unknown, rest = {}) {
    const values = { ":pk": pk, ...(a !== undefined && { ":a": a }), ...(b !== undefined && { ":b": b }) };
    return query(test === "" ? "pk = :pk" : `pk = :pk AND ${test}`, {
      TableName,
      ExpressionAttributeValues: values,
      ...rest,
    });
  }

  describe("queries", () => {
    it("find text by its bytes", async () => {
      const pk = await fill("words", "word", texts);
      const find = async (...test: [test: string, a?: string, b?: string]) =>
        (await ask("words", pk, ...test)).Items?.map((item) => item["word"]);
      expect(await find("")).toEqual(texts);
      expect(await find("word = :a", "ab")).toEqual(["ab"]);
      expect(await find("word < :a", "ab")).toEqual(["a"]);
      expect(await find("word <= :a", "ab")).toEqual(["a", "ab"]);
      expect(await find("word > :a", "\uf000")).toEqual(["\u{1f600}", "\u{1f600}a"]);
      expect(await find("word >= :a", "\uf000")).toEqual(["\uf000", "\u{1f600}", "\u{1f600}a"]);
      expect(await find("word BETWEEN :a AND :b", "aa", "abc")).toEqual(["ab", "ab\u0000", "abc"]);
      expect(await find("begins_with(word, :a)", "ab")).toEqual(["ab", "ab\u0000", "abc"]);
      expect(await find("begins_with(word, :a)", "\u{1f600}")).toEqual(["\u{1f600}", "\u{1f600}a"]);
      expect(await find("begins_with(word, :a)", "x")).toEqual([]);
    });

    it("find numbers by their value", async () => {
      const pk = await fill("readings", "reading", numbers);
      const find = async (...test: [test: string, a?: number, b?: number]) =>
        (await ask("readings", pk, ...test)).Items?.map((item) => item["reading"]);
      expect(await find("")).toEqual(numbers);
      expect(await find("reading = :a", -2.5)).toEqual([-2.5]);
      expect(await find("reading < :a", -2)).toEqual([-9e15, -11, -2.5]);
      expect(await find("reading >= :a", 9.5)).toEqual([10, 9e15]);
      expect(await find("reading BETWEEN :a AND :b", -2, 1)).toEqual([-2, 0, 0.001, 1]);
    });

    it("find binary values by their bytes", async () => {
      const pk = await fill("digests", "digest", bytes);
      const find = async (...test: [test: string, a?: Uint8Array]) =>
        (await ask("digests", pk, ...test)).Items?.map((item) => item["digest"]);
      expect(await find("")).toEqual(bytes);
      expect(await find("digest > :a", bytes[4])).toEqual(bytes.slice(5));
      expect(await find("begins_with(digest, :a)", bytes[0])).toEqual(bytes.slice(0, 3));
    });

    it("give nothing of a partition that is not there", async () => {
      expect(await ask("words", fresh("queries"), "")).toMatchObject({ Items: [], Count: 0, ScannedCount: 0 });
    });

    it.each([
      [true, [["a", "b"], ["c", "d"], []]],
      [false, [["d", "c"], ["b", "a"], []]],
    ])("come in pages, forwards or backwards (%s), and do not look ahead", async (ScanIndexForward, expected) => {
      const pk = await fill("words", "word", ["a", "b", "c", "d"]);
      const pages: unknown[] = [];
      let start: QueryCommandInput["ExclusiveStartKey"];
      do {
        const rest = { Limit: 2, ScanIndexForward, ExclusiveStartKey: start };
        const { Items, LastEvaluatedKey } = await ask("words", pk, "", undefined, undefined, rest);
        pages.push(Items?.map((item) => item["word"]));
        start = LastEvaluatedKey;
      } while (start !== undefined);
      expect(pages).toEqual(expected);
    });

    it.each([2, 3, 5])("count instead of giving, page by page: %i at a time", async (Limit) => {
      const pk = await fill("words", "word", ["a", "b", "c", "d"]);
      const count = (start: QueryCommandInput["ExclusiveStartKey"]) =>
        ask("words", pk, "word > :a", "a", undefined, { Select: "COUNT", Limit, ExclusiveStartKey: start });
      const first = await count(undefined);
      expect(first).not.toHaveProperty("Items");
      expect(first.Count).toBe(Math.min(3, Limit));
      if (first.LastEvaluatedKey !== undefined)
        expect((await count(first.LastEvaluatedKey)).Count).toBe(3 - Math.min(3, Limit));
    });

    it("go on behind an item that is not there", async () => {
      const pk = await fill("words", "word", ["a", "c", "e"]);
      const behind = (word: string, ScanIndexForward: boolean) =>
        ask("words", pk, "word > :a", "a", undefined, { ScanIndexForward, ExclusiveStartKey: { pk, word } });
      expect((await behind("d", true)).Items).toEqual([{ pk, word: "e" }]);
      expect((await behind("d", false)).Items).toEqual([{ pk, word: "c" }]);
    });

    it("end a page where it comes to 1 MB", async () => {
      const pk = fresh("queries");
      const text = "x".repeat(390 * 1024);
      for (const word of ["a", "b", "c", "d"]) {
        await store().documents.send(new PutCommand({ TableName: "words", Item: { pk, word, text } }));
      }
      const filter = { FilterExpression: "attribute_not_exists(#t)", ExpressionAttributeNames: { "#t": "text" } };
      const first = await ask("words", pk, "", undefined, undefined, filter);
      expect(first).toMatchObject({ Items: [], ScannedCount: 3, LastEvaluatedKey: { pk, word: "c" } });
      const rest = { ExclusiveStartKey: first.LastEvaluatedKey };
      expect((await ask("words", pk, "", undefined, undefined, rest)).Items).toEqual([{ pk, word: "d", text }]);
    });

    it("count what they find, page by page, without giving it", async () => {
      const pk = await fill("words", "word", ["a", "b", "c"]);
      const count = (rest: Partial<QueryCommandInput>) =>
        ask("words", pk, "word > :a", "a", undefined, { Select: "COUNT", ...rest });
      expect(await count({})).toMatchObject({ Count: 2, ScannedCount: 2 });
      expect(await count({})).not.toHaveProperty("Items");
      expect(await count({ Limit: 1 })).toMatchObject({ Count: 1, LastEvaluatedKey: { pk, word: "b" } });
    });

    const faulty: readonly [fault: string, text: string, values: Record<string, unknown>][] = [
      ["nothing in them", "", { ":a": "a" }],
      ["no partition key", "word = :a", { ":a": "a" }],
      ["a range of partition keys", "pk > :a", { ":a": "a" }],
      ["a range of partition keys and a sort key", "begins_with(pk, :a) AND word = :a", { ":a": "a" }],
      ["an attribute that is not a key", "pk = :a AND n = :a", { ":a": "a" }],
      ["a third attribute", "pk = :a AND word = :a AND n = :a", { ":a": "a" }],
      ["two tests of one key", "pk = :a AND word > :a AND word < :b", { ":a": "a", ":b": "b" }],
      ["a partition key of another type", "pk = :a", { ":a": 1 }],
      ["a sort key of another type", "pk = :a AND word = :b", { ":a": "a", ":b": 1 }],
      ["OR", "pk = :a OR word = :a", { ":a": "a" }],
      ["NOT", "pk = :a AND NOT word = :a", { ":a": "a" }],
      ["<>", "pk = :a AND word <> :a", { ":a": "a" }],
      ["a function for filters", "pk = :a AND attribute_exists(word)", { ":a": "a" }],
      ["a part of a key", "pk = :a AND contains(word, :a)", { ":a": "a" }],
    ];
    it.each(faulty)("are refused with %s in the key condition", async (_, text, ExpressionAttributeValues) => {
      const asked = query(text, { TableName: words.TableName, ExpressionAttributeValues });
      await expect(asked).rejects.toMatchObject(refusedAsInvalid);
    });

    it.each<[fault: string, Partial<QueryCommandInput>]>([
      ["a limit of nothing", { Limit: 0 }],
      ["an index there is not", { IndexName: "byWord" }],
      ["a filter on a key", { FilterExpression: "word = :pk" }],
      ["a start without the sort key", { ExclusiveStartKey: { pk: "a" } }],
      ["a start with more than the key", { ExclusiveStartKey: { pk: "a", word: "a", n: 1 } }],
      ["a start of another type", { ExclusiveStartKey: { pk: "a", word: 1 } }],
      ["a start in another partition", { ExclusiveStartKey: { pk: "b", word: "a" } }],
    ])("are refused with %s", async (_, rest) => {
      await expect(ask(words.TableName, "a", "", undefined, undefined, rest)).rejects.toMatchObject(refusedAsInvalid);
    });

    it("are refused with a start that the key condition leaves out", async () => {
      for (const [table, start] of [
        [words, { pk: "a", word: "b" }],
        [readings, { pk: "a", reading: 2 }],
      ] as const) {
        const sortKey = Object.keys(start)[1];
        const bound = table === words ? "a" : 1;
        const asked = ask(table.TableName, "a", `${sortKey} < :a`, bound, undefined, { ExclusiveStartKey: start });
        await expect(asked).rejects.toMatchObject(refusedAsInvalid);
      }
    });
  });
}

export function describeIndexes(store: () => Store): void {
  const { fresh, put, query, update, ...calls } = callsOn(store);
  const ofStatus = (status: string, rest: Partial<QueryCommandInput> = {}) =>
    query("#status = :status", {
      IndexName: "byStatus",
      ExpressionAttributeNames: { "#status": "status" },
      ...rest,
      ExpressionAttributeValues: { ":status": status, ...rest.ExpressionAttributeValues },
    });

  describe("an index", () => {
    it("gives its keys, the table's and what it includes", async () => {
      const [pk, status] = [fresh("indexes"), fresh("status")];
      const listed = { pk, status, order: "1", id: "a", charges: 0 };
      await put({ ...listed, row: "{}", root: "r" });
      expect((await ofStatus(status)).Items).toEqual([listed]);
    });

    it("has the items that have both of its keys, as they are now", async () => {
      const [pk, queued, done] = [fresh("indexes"), fresh("status"), fresh("status")];
      const orders = async (status: string) => (await ofStatus(status)).Items?.map((item) => item["order"]);
      await put({ pk, status: queued });
      expect(await orders(queued)).toEqual([]);
      await put({ pk, status: queued, order: "1" });
      await put({ pk: fresh("indexes"), status: queued, order: "1" });
      expect(await orders(queued)).toEqual(["1", "1"]);
      const finish = {
        UpdateExpression: "SET #s = :s, #o = :o",
        ExpressionAttributeNames: { "#s": "status", "#o": "order" },
      };
      await update(pk, { ...finish, ExpressionAttributeValues: { ":s": done, ":o": "2" } });
      expect([await orders(queued), await orders(done)]).toEqual([["1"], ["2"]]);
      await update(pk, { UpdateExpression: "REMOVE #o", ExpressionAttributeNames: { "#o": "order" } });
      expect(await orders(done)).toEqual([]);
      await put({ pk, status: done, order: "3" });
      await calls.delete(pk);
      expect(await orders(done)).toEqual([]);
    });

    it("filters what it has read, by what it carries", async () => {
      const status = fresh("status");
      for (const [order, charges] of [
        ["1", 0],
        ["2", 4],
        ["3", 0],
        ["4", 4],
      ] as const) {
        await put({ pk: fresh("indexes"), status, order, charges, payload: "x" });
      }
      const filtered = (FilterExpression: string, charges: number) =>
        ofStatus(status, {
          FilterExpression,
          ExpressionAttributeValues: { ":v": charges },
          Limit: 3,
          ScanIndexForward: false,
        });
      expect(await filtered("charges = :v", 4)).toMatchObject({
        Items: [{ order: "4" }, { order: "2" }],
        Count: 2,
        ScannedCount: 3,
        LastEvaluatedKey: { status, order: "2" },
      });
      expect(await filtered("charges = :v AND attribute_exists(payload)", 4)).toMatchObject({ Count: 0 });
    });

    it("goes on behind the last item's keys, which are the table's as well", async () => {
      const [status, pk] = [fresh("status"), fresh("indexes")];
      await put({ pk, status, order: "1" });
      await put({ pk: fresh("indexes"), status, order: "2" });
      const { LastEvaluatedKey } = await ofStatus(status, { Limit: 1 });
      expect(LastEvaluatedKey).toEqual({ pk, status, order: "1" });
      const next = await ofStatus(status, { ExclusiveStartKey: LastEvaluatedKey });
      expect(next.Items).toMatchObject([{ order: "2" }]);
      const withoutTableKey = ofStatus(status, { ExclusiveStartKey: { status, order: "1" } });
      await expect(withoutTableKey).rejects.toMatchObject(refusedAsInvalid);
    });

    it("gives no consistent reads", async () => {
      await expect(ofStatus("queued", { ConsistentRead: true })).rejects.toMatchObject(refusedAsInvalid);
    });
  });
}
