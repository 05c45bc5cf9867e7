import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** An item as a plain object. */
export type Item = Record<string, unknown>;

/** DynamoDB reads at most this many items in one BatchGetItem. */
const batchGetLimit = 100;

/**
 * The items with these partition keys that are there, in any order, from a table that has a partition key alone. Reads
 * are consistent.
 *
 * @param keys each once
 */
export async function readItems(
  dynamo: DynamoDBDocumentClient,
  table: string,
  keys: readonly string[],
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let missing = keys.map((pk) => ({ pk }));
  while (missing.length > 0) {
    const { Responses, UnprocessedKeys } = await dynamo.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: missing.slice(0, batchGetLimit), ConsistentRead: true } },
      }),
    );
    found.push(...(Responses?.[table] ?? []));
    const unprocessed = (UnprocessedKeys?.[table]?.Keys ?? []).map(({ pk }) => ({ pk: String(pk) }));
    missing = [...unprocessed, ...missing.slice(batchGetLimit)];
  }
  return found;
}
