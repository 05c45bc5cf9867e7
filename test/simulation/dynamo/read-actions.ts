import { refusesEntry } from "../../../infra/local/aws/refusals.ts";
import { type Item, readItem } from "./attribute-value.ts";
import type { DynamoContext } from "./context.ts";
import { throughputExceeded, validationException } from "./errors.ts";
import { inputs, readInput } from "./inputs.ts";
import { itemSize } from "./item-size.ts";
import { checkKey, keyTextOf } from "./key-schema.ts";
import type { Table } from "./table.ts";

/** AWS: a BatchGetItem asks for up to 100 items and gives up to 16 MB; what is beyond that comes as UnprocessedKeys. */
const maxBatchKeys = 100;
const maxBatchBytes = 16 * 1024 * 1024;

interface Asked {
  readonly table: Table;
  readonly key: Item;
  /** As the request has it. */
  readonly given: Readonly<Record<string, unknown>>;
}

export const readActions = {
  GetItem(input: unknown, { tables }: DynamoContext) {
    const { TableName, Key } = readInput(inputs.get, input);
    const key = readItem(Key);
    const table = tables.get(TableName);
    checkKey(key, table.schema);
    const item = table.get(key);
    return item === undefined ? {} : { Item: Object.fromEntries(item) };
  },

  BatchGetItem(input: unknown, { tables, refusal }: DynamoContext) {
    const { RequestItems } = readInput(inputs.batchGet, input);
    const asked = Object.entries(RequestItems).flatMap(([name, { Keys }]) => readKeys(tables.get(name), Keys));
    if (asked.length === 0) throw validationException("BatchGetItem was asked for no keys");
    if (asked.length > maxBatchKeys) throw validationException("Too many items requested for the BatchGetItem call");
    const responses = new Map(Object.keys(RequestItems).map((name) => [name, [] as unknown[]]));
    const unprocessed = new Map<string, unknown[]>();
    let bytes = 0;
    for (const [index, { table, key, given }] of asked.entries()) {
      const item = table.get(key);
      const size = item === undefined ? 0 : itemSize(item);
      const isRefused = refusal !== undefined && refusesEntry(refusal, given, index);
      if (isRefused || bytes + size > maxBatchBytes) {
        unprocessed.set(table.name, [...(unprocessed.get(table.name) ?? []), given]);
      } else if (item !== undefined) {
        bytes += size;
        // AWS: the items come in no particular order. This one is not the keys', so that nobody relies on that.
        responses.get(table.name)?.unshift(Object.fromEntries(item));
      }
    }
    const left = [...unprocessed.values()].reduce((count, keys) => count + keys.length, 0);
    // AWS: UnprocessedKeys never holds all that was asked for.
    if (left === asked.length) throw throughputExceeded();
    const UnprocessedKeys = Object.fromEntries(
      [...unprocessed].map(([name, Keys]) => [name, { ...RequestItems[name], Keys }]),
    );
    return { Responses: Object.fromEntries(responses), UnprocessedKeys };
  },
};

function readKeys(table: Table, keys: readonly Readonly<Record<string, unknown>>[]): Asked[] {
  const asked = keys.map((given) => {
    const key = readItem(given);
    checkKey(key, table.schema);
    return { table, key, given };
  });
  const distinct = new Set(asked.map(({ key }) => keyTextOf(key, table.schema)));
  if (distinct.size < asked.length) throw validationException("Provided list of item keys contains duplicates");
  return asked;
}
