import { refusesEntry } from "../../../infra/local/aws/refusals.ts";
import { type Item, readItem } from "./attribute-value.ts";
import type { DynamoContext } from "./context.ts";
import { throughputExceeded, validationException } from "./errors.ts";
import { inputs, readInput } from "./inputs.ts";
import { itemSize, maxItemBytes } from "./item-size.ts";
import { checkKey, keyTextOf } from "./key-schema.ts";
import type { Table } from "./table.ts";

/** AWS: the most that one BatchWriteItem takes. */
const maxBatchWrites = 25;

interface Write {
  readonly table: Table;
  readonly key: string | undefined;
  /** As the request has it. */
  readonly given: unknown;
  apply(): void;
}

type WriteRequest =
  | { readonly PutRequest: { readonly Item: Readonly<Record<string, unknown>> } }
  | { readonly DeleteRequest: { readonly Key: Readonly<Record<string, unknown>> } };

export const batchWriteAction = {
  BatchWriteItem(input: unknown, { tables, refusal }: DynamoContext) {
    const { RequestItems } = readInput(inputs.batchWrite, input);
    const writes = Object.entries(RequestItems).flatMap(([name, requests]) =>
      requests.map((request) => readWrite(tables.get(name), request)),
    );
    if (writes.length === 0 || writes.length > maxBatchWrites)
      throw validationException(`BatchWriteItem takes 1 to ${maxBatchWrites} writes`);
    if (new Set(writes.map(({ table, key }) => `${table.name} ${key}`)).size < writes.length)
      throw validationException("Provided list of item keys contains duplicates");
    const unprocessed = writes.filter(
      ({ given }, index) => refusal !== undefined && refusesEntry(refusal, given, index),
    );
    // AWS: a batch of which nothing could be written is an error.
    if (unprocessed.length === writes.length) throw throughputExceeded();
    for (const write of writes) if (!unprocessed.includes(write)) write.apply();
    const left = Map.groupBy(unprocessed, ({ table }) => table.name);
    return {
      UnprocessedItems: Object.fromEntries([...left].map(([name, some]) => [name, some.map(({ given }) => given)])),
    };
  },
};

function readWrite(table: Table, given: WriteRequest): Write {
  if ("PutRequest" in given) {
    const item: Item = readItem(given.PutRequest.Item);
    if (itemSize(item) > maxItemBytes) throw validationException("Item size has exceeded the maximum allowed size");
    table.check(item);
    return { table, key: keyTextOf(item, table.schema), given, apply: () => table.put(item) };
  }
  const key = readItem(given.DeleteRequest.Key);
  checkKey(key, table.schema);
  return { table, key: keyTextOf(key, table.schema), given, apply: () => table.delete(key) };
}
