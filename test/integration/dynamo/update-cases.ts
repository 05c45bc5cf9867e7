import { describe, expect, it } from "vitest";
import { callsOn, refusedAsInvalid } from "./calls.ts";
import type { Store } from "./stores.ts";

type Attributes = Record<string, unknown>;

const before = { n: 10, s: "a", yes: true };

const updates: readonly [text: string, values: Attributes | undefined, after: Attributes][] = [
  ["SET n = :v, t = :v", { ":v": 1 }, { ...before, n: 1, t: 1 }],
  ["set n = n + :v", { ":v": 0.5 }, { ...before, n: 10.5 }],
  ["SET n = n - :v", { ":v": 11 }, { ...before, n: -1 }],
  ["SET n = :v - n", { ":v": 1 }, { ...before, n: -9 }],
  ["SET m = if_not_exists(m, :v) + :w", { ":v": 0, ":w": 1 }, { ...before, m: 1 }],
  ["SET n = if_not_exists(n, :v) + :v", { ":v": 1 }, { ...before, n: 11 }],
  ["SET m = if_not_exists(m, s)", undefined, { ...before, m: "a" }],
  ["SET n = s, s = n", undefined, { ...before, n: "a", s: 10 }],
  ["REMOVE n, gone", undefined, { s: "a", yes: true }],
  ["ADD n :v, m :v", { ":v": -3 }, { ...before, n: 7, m: -3 }],
  ["REMOVE s SET t = s ADD n :v", { ":v": 1 }, { n: 11, yes: true, t: "a" }],
];

const faulty: readonly [fault: string, text: string, values?: Attributes][] = [
  ["nothing in them", ""],
  ["a reserved word", "SET status = :v", { ":v": 1 }],
  ["a clause twice", "SET a = :v SET b = :v", { ":v": 1 }],
  ["an attribute twice", "SET a = :v REMOVE a", { ":v": 1 }],
  ["the table's key", "SET pk = :v", { ":v": "other" }],
  ["an attribute that is missing", "SET a = gone"],
  ["a sum of a missing attribute", "SET a = gone + :v", { ":v": 1 }],
  ["a sum of a text", "SET a = s + :v", { ":v": 1 }],
  ["a text in a sum", "SET a = n + :v", { ":v": "1" }],
  ["an ADD of a text", "ADD n :v", { ":v": "1" }],
  ["an ADD to a text", "ADD s :v", { ":v": 1 }],
  ["no value", "SET n"],
  ["a comma too many", "REMOVE n,"],
  ["a clause there is not", "PUT n = :v", { ":v": 1 }],
  ["a value that is not used", "REMOVE n", { ":v": 1 }],
];

export function describeUpdates(store: () => Store): void {
  const { fresh, put, get, update } = callsOn(store);
  const request = (UpdateExpression: string, values?: Attributes) => ({
    UpdateExpression,
    ...(values && { ExpressionAttributeValues: values }),
  });

  describe("updates", () => {
    it.each(updates)("change an item's attributes: %s", async (text, values, after) => {
      const pk = fresh("updates");
      await put({ pk, ...before });
      const { Attributes } = await update(pk, { ...request(text, values), ReturnValues: "ALL_NEW" });
      expect(Attributes).toEqual({ pk, ...after });
      expect(await get(pk)).toEqual({ pk, ...after });
    });

    it.each(faulty)("are refused with %s", async (_, text, values) => {
      const pk = fresh("updates");
      await put({ pk, ...before });
      await expect(update(pk, request(text, values))).rejects.toMatchObject(refusedAsInvalid);
      expect(await get(pk)).toEqual({ pk, ...before });
    });

    it("make the item where there is none", async () => {
      const pk = fresh("updates");
      const { Attributes } = await update(pk, { ...request("ADD n :v", { ":v": 1 }), ReturnValues: "ALL_OLD" });
      expect(Attributes).toBeUndefined();
      expect(await get(pk)).toEqual({ pk, n: 1 });
      const empty = fresh("updates");
      await update(empty, {});
      expect(await get(empty)).toEqual({ pk: empty });
    });
  });
}
