import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { reservedWords } from "../../simulation/dynamo/expressions/reserved-words.ts";
import { callsOn, refusedAsInvalid } from "./calls.ts";
import type { Store } from "./stores.ts";

type Values = Record<string, unknown>;

const attributes = { n: 10, s: "b😀", flag: true, nothing: null, many: ["x", 1], nested: { a: 1 } };

const conditions: readonly [holds: boolean, text: string, values?: Values][] = [
  [true, "n = :v", { ":v": 10 }],
  [false, "n = :v", { ":v": "10" }],
  [true, "n <> :v", { ":v": "10" }],
  [true, "gone <> :v", { ":v": 1 }],
  [false, "gone = :v", { ":v": 1 }],
  [false, "gone < :v", { ":v": 1 }],
  [true, "NOT gone < :v", { ":v": 1 }],
  [true, "n > :v", { ":v": 9 }],
  [false, "n < :v", { ":v": 9 }],
  [false, "n > :v", { ":v": "9" }],
  [true, "n >= :v and n <= :v", { ":v": 10 }],
  [true, "s > :v AND s < :w", { ":v": "a", ":w": "c" }],
  [true, "n BETWEEN :a AND :b", { ":a": 9, ":b": 10 }],
  [false, "n BETWEEN :a AND :b", { ":a": 11, ":b": 12 }],
  [true, "flag = :v", { ":v": true }],
  [true, "nothing = :v OR attribute_exists(gone)", { ":v": null }],
  [true, "begins_with(s, :v)", { ":v": "b" }],
  [false, "begins_with(n, :v)", { ":v": "1" }],
  [false, "begins_with(gone, :v)", { ":v": "1" }],
  [true, "contains(s, :v)", { ":v": "😀" }],
  [true, "contains(many, :v)", { ":v": 1 }],
  [false, "contains(many, :v)", { ":v": "1" }],
  [false, "contains(n, :v)", { ":v": 1 }],
  [true, "attribute_exists(nested) AND NOT attribute_exists(gone)"],
  [true, "nested.a = :v", { ":v": 1 }],
  [false, "nested.a = :v", { ":v": 2 }],
  [false, "nested.b = :v", { ":v": 1 }],
  [false, "n.a = :v", { ":v": 1 }],
  [false, "gone.a = :v", { ":v": 1 }],
  [true, "n = :a OR n = :b AND n = :b", { ":a": 10, ":b": 1 }],
  [false, "(n = :a OR n = :b) AND n = :b", { ":a": 10, ":b": 1 }],
  [true, "NOT n = :a AND n = :b", { ":a": 1, ":b": 10 }],
  [false, "NOT (n = :a OR n = :b)", { ":a": 1, ":b": 10 }],
  [true, "(NOT((n = :a)and(n = :b)))", { ":a": 1, ":b": 10 }],
  [true, "nOt(n=:a)Or\n\tn>:b", { ":a": 10, ":b": 1 }],
];

const faulty: readonly [fault: string, text: string, values?: Values, names?: Record<string, string>][] = [
  ["nothing in them", ""],
  ["a value that is not defined", "n = :v"],
  ["a name that is not defined", "#n = :v", { ":v": 1 }],
  ["a value that is not used", "n = :v", { ":v": 1, ":w": 1 }],
  ["a name that is not used", "n = :v", { ":v": 1 }, { "#n": "n" }],
  ["values that are none", "attribute_exists(n)", {}],
  ["a value under a strange name", "n = :v", { ":v": 1, w: 1 }],
  ["doubled parentheses", "((n = :v))", { ":v": 1 }],
  ["an open parenthesis", "(n = :v", { ":v": 1 }],
  ["a strange operator", "n == :v", { ":v": 1 }],
  ["a literal", "n = 1"],
  ["no operator", "n :v", { ":v": 1 }],
  ["a dangling AND", "n = :v AND", { ":v": 1 }],
  ["bounds of two types", "n BETWEEN :a AND :b", { ":a": 1, ":b": "2" }],
  ["bounds the wrong way round", "n BETWEEN :a AND :b", { ":a": 2, ":b": 1 }],
  ["a number as a prefix", "begins_with(n, :v)", { ":v": 1 }],
  ["a function in other letters", "ATTRIBUTE_EXISTS(n)"],
  ["a function there is not", "exists(n)"],
  ["a function of a value", "attribute_exists(:v)", { ":v": 1 }],
  ["too many operands", "attribute_exists(n, s)"],
];

export function describeConditions(store: () => Store): void {
  const { fresh, put, get, update, ...calls } = callsOn(store);

  const conditional = (ConditionExpression: string, values?: Values, names?: Record<string, string>) => ({
    ConditionExpression,
    ...(values && { ExpressionAttributeValues: values }),
    ...(names && { ExpressionAttributeNames: names }),
  });

  describe("conditions", () => {
    it("let one of two writers at the same revision through", async () => {
      const pk = fresh("conditions");
      const first = conditional("attribute_not_exists(pk)");
      const over = (revision: number) => conditional("revision = :revision", { ":revision": revision });
      await put({ pk, revision: 1 }, first);
      await expect(put({ pk, revision: 1 }, first)).rejects.toThrow(ConditionalCheckFailedException);
      await put({ pk, revision: 2 }, over(1));
      await expect(put({ pk, revision: 2 }, over(1))).rejects.toMatchObject({
        name: "ConditionalCheckFailedException",
        message: "The conditional request failed",
        $fault: "client",
        $metadata: { httpStatusCode: 400 },
      });
      const onNothing = put({ pk: fresh("conditions"), revision: 2 }, over(1));
      await expect(onNothing).rejects.toThrow(ConditionalCheckFailedException);
      expect(await get(pk)).toEqual({ pk, revision: 2 });
    });

    it.each(conditions)("hold or not as DynamoDB has it (%s): %s", async (holds, text, values) => {
      const pk = fresh("conditions");
      await put({ pk, ...attributes });
      const written = put({ pk }, conditional(text, values));
      if (holds) await written;
      else await expect(written).rejects.toThrow(ConditionalCheckFailedException);
      expect(await get(pk)).toEqual(holds ? { pk } : { pk, ...attributes });
    });

    it.each(faulty)("are refused with %s, whether or not they would hold", async (_, text, values, names) => {
      const written = put({ pk: fresh("conditions") }, conditional(text, values, names));
      await expect(written).rejects.toMatchObject(refusedAsInvalid);
    });

    it("take reserved words only behind placeholders", async () => {
      for (const word of reservedWords) {
        const pk = fresh("conditions");
        const bare = put({ pk }, conditional(`attribute_not_exists(${word.toLowerCase()})`));
        await expect(bare, word).rejects.toMatchObject(refusedAsInvalid);
      }
      const pk = fresh("conditions");
      await put({ pk }, conditional("attribute_not_exists(#status)", undefined, { "#status": "status" }));
      expect(await get(pk)).toEqual({ pk });
    });

    it("are needed for placeholders to be given", async () => {
      const names = put({ pk: fresh("conditions") }, { ExpressionAttributeNames: { "#n": "n" } });
      await expect(names).rejects.toMatchObject(refusedAsInvalid);
      const values = put({ pk: fresh("conditions") }, { ExpressionAttributeValues: { ":v": "n" } });
      await expect(values).rejects.toMatchObject(refusedAsInvalid);
    });

    it("guard deletions and updates as well", async () => {
      const pk = fresh("conditions");
      await put({ pk, n: 1 });
      const guard = conditional("n = :n", { ":n": 2 });
      await expect(calls.delete(pk, guard)).rejects.toThrow(ConditionalCheckFailedException);
      const updated = update(pk, { ...guard, UpdateExpression: "REMOVE n" });
      await expect(updated).rejects.toThrow(ConditionalCheckFailedException);
      const { Attributes } = await calls.delete(pk, { ReturnValues: "ALL_OLD" });
      expect(Attributes).toEqual({ pk, n: 1 });
      expect(await get(pk)).toBeUndefined();
      await calls.delete(pk);
    });
  });
}
