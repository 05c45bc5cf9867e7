import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { OperationId } from "../operation/operation.ts";
import { putAtRevision } from "../table/put-at-revision.ts";
import { partitionKey, toItem, toRow } from "./item.ts";
import type { LedgerRow } from "./row.ts";

/** DynamoDB reads at most this many items in one BatchGetItem. */
const batchGetLimit = 100;

export interface RowsAndItems {
  readonly rows: ReadonlyMap<OperationId, LedgerRow>;
  /** By partition key. */
  readonly items: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** The table of operations. Reads are consistent. */
export class Ledger {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(dynamo: DynamoDBDocumentClient, table: string) {
    this.#dynamo = dynamo;
    this.#table = table;
  }

  /** The rows of those of the operations that have one. */
  async read(ids: readonly OperationId[]): Promise<ReadonlyMap<OperationId, LedgerRow>> {
    return (await this.readBeside(ids, [])).rows;
  }

  /** As `read`, with other items of the table in the same calls. @param keys their partition keys */
  async readBeside(ids: readonly OperationId[], keys: readonly string[]): Promise<RowsAndItems> {
    const rows = new Map<OperationId, LedgerRow>();
    const items = new Map<string, Readonly<Record<string, unknown>>>();
    let missing = [...keys, ...new Set(ids.map(partitionKey))].map((pk) => ({ pk }));
    while (missing.length > 0) {
      const { Responses, UnprocessedKeys } = await this.#dynamo.send(
        new BatchGetCommand({
          RequestItems: { [this.#table]: { Keys: missing.slice(0, batchGetLimit), ConsistentRead: true } },
        }),
      );
      for (const item of Responses?.[this.#table] ?? []) {
        const key = String(item["pk"]);
        if (keys.includes(key)) items.set(key, item);
        else {
          const row = toRow(item);
          rows.set(row.operation.id, row);
        }
      }
      const unprocessed = (UnprocessedKeys?.[this.#table]?.Keys ?? []).map(({ pk }) => ({ pk: String(pk) }));
      missing = [...unprocessed, ...missing.slice(batchGetLimit)];
    }
    return { rows, items };
  }

  /** Writes the row over the revision that it was read at, or anew at revision 0. False if another write came between. */
  async write(row: LedgerRow): Promise<boolean> {
    return await putAtRevision(this.#dynamo, this.#table, toItem(row), row.revision);
  }
}
