import { describe, expect, test } from "vitest";
import { maxBodyBytes } from "../../../shared/operation/limits.ts";
import { parseMessage } from "../../../shared/operation/message.ts";
import type { Operation } from "../../../shared/operation/operation.ts";
import { outgoingBatches } from "../../../shared/submit/batches.ts";
import { adding } from "../../support/judging.ts";
import { operationOf } from "../../support/operations.ts";

const on = (id: string, user: string, size = 0) => operationOf(id, adding(user, `P${"x".repeat(size)}`));
const ids = (operations: readonly Operation[]) => operations.map(({ id }) => id);
const shape = (operations: readonly Operation[]) =>
  outgoingBatches(operations).map((batch) => batch.map((message) => ids(message.operations)));

describe("the operations of a call", () => {
  test("travel together if they are on one root, and ten messages to a batch", () => {
    const people = Array.from({ length: 11 }, (_, index) => on(`a${index}`, `p${index}@x.com`));
    const again = on("again", "p10@x.com");
    expect(shape([...people, again])).toEqual([people.slice(0, 10).map(({ id }) => [id]), [["a10", "again"]]]);
  });

  test("share no batch if their order matters", () => {
    const group = operationOf("g", { usergroup: "P", do: [{ createUserGroup: {} }] });
    expect(shape([group, on("a", "a@x.com"), on("b", "b@x.com")])).toEqual([[["g"]], [["a"], ["b"]]]);
  });

  test("stand in each message's body as they are, with the names that they touch", () => {
    const [batch] = outgoingBatches([on("a", "a@x.com"), on("b", "b@x.com")]);
    expect(batch?.map(({ index }) => index)).toEqual([0, 1]);
    for (const message of batch ?? []) {
      expect(parseMessage(message.body)).toEqual(message.operations);
      expect(JSON.parse(message.body)).toMatchObject({
        names: { writes: [expect.any(String)], reads: [expect.any(String)] },
      });
    }
  });

  test("are in one batch however many slices a message needs, once each", () => {
    const long = operationOf("long", adding("a@x.com", ...Array.from({ length: 35 }, (_, index) => `G${index}`)));
    expect(shape([long, on("b", "b@x.com")])).toEqual([[["long"], ["b"]]]);
  });

  test("are none of none", () => {
    expect(outgoingBatches([])).toEqual([]);
  });
});

describe("a batch", () => {
  const bytes = (batch: readonly { readonly body: string }[]) =>
    batch.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  const large = (count: number, size: number) =>
    Array.from({ length: count }, (_, index) => on(`a${index}`, `p${index}@x.com`, size));

  test("has at most what SQS takes together, in bytes, and no less than fits", () => {
    // In UTF-8 each of these characters has two bytes.
    const umlauts = Array.from({ length: 10 }, (_, index) =>
      operationOf(`a${index}`, adding(`p${index}@x.com`, "ü".repeat(60_000))),
    );
    const batches = outgoingBatches(umlauts);
    expect(batches.map(({ length }) => length)).toEqual([8, 2]);
    for (const batch of batches) expect(bytes(batch)).toBeLessThanOrEqual(maxBodyBytes);
  });

  test("is full to the last byte before the next one begins", () => {
    const [sample] = outgoingBatches(large(1, 1000));
    const around = Buffer.byteLength(sample?.[0]?.body ?? "") - 1000;
    // Ids and addresses of one length each, so that nine messages fill a batch exactly.
    const each = Math.floor(maxBodyBytes / 9) - around;
    const rest = maxBodyBytes - 9 * (each + around);
    const exact = (more: number) => {
      const operations = large(9, each);
      operations[8] = on("a8", "p8@x.com", each + rest + more);
      return outgoingBatches(operations).map(({ length }) => length);
    };
    expect(exact(0)).toEqual([9]);
    expect(exact(1)).toEqual([8, 1]);
  });
});
