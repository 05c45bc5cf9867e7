import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { putAtRevision } from "../dynamo/put-at-revision.ts";
import { type Item, readItems } from "../dynamo/read-items.ts";
import type { OperationId } from "../operation/operation.ts";
import { idOfItem, partitionKey, toItem, toRow } from "./item.ts";
import type { LedgerRow } from "./row.ts";

/** A stored row, or "unreadable" if another version wrote it in a form that this one cannot read. */
export type StoredRow = LedgerRow | "unreadable";

export type Rows = ReadonlyMap<OperationId, StoredRow>;

/** An event for logs and metrics about an unreadable row. */
export interface LedgerEvent {
  readonly kind: "unreadable row";
  readonly operationId: OperationId;
}

/** A row was rewritten between two reads, in a form that this version cannot read. */
class UnreadableRow extends Error {
  override readonly name = "UnreadableRow";
}

export interface RowsAndItems {
  readonly rows: Rows;
  /** By partition key. */
  readonly items: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** The table of operations. Reads are consistent. */
export class Ledger {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #report: (event: LedgerEvent) => void;

  constructor(dynamo: DynamoDBDocumentClient, table: string, report: (event: LedgerEvent) => void) {
    this.#dynamo = dynamo;
    this.#table = table;
    this.#report = report;
  }

  /** The rows of the operations, as far as they have one. */
  async read(ids: readonly OperationId[]): Promise<Rows> {
    return (await this.readBeside(ids, [])).rows;
  }

  /** The row of an operation whose row was read before. @throws UnreadableRow */
  async readAgain(id: OperationId): Promise<LedgerRow | undefined> {
    const row = (await this.read([id])).get(id);
    if (row === "unreadable") throw new UnreadableRow(`The row of ${id} cannot be read any more`);
    return row;
  }

  /** As `read`, with other items of the table in the same calls. @param keys the partition keys of these items */
  async readBeside(ids: readonly OperationId[], keys: readonly string[]): Promise<RowsAndItems> {
    const rows = new Map<OperationId, StoredRow>();
    const items = new Map<string, Readonly<Record<string, unknown>>>();
    for (const item of await readItems(this.#dynamo, this.#table, [...keys, ...new Set(ids.map(partitionKey))])) {
      const key = String(item["pk"]);
      if (keys.includes(key)) items.set(key, item);
      else rows.set(idOfItem(item), this.#stored(item));
    }
    return { rows, items };
  }

  #stored(item: Item): StoredRow {
    const row = toRow(item);
    if (row !== undefined) return row;
    this.#report({ kind: "unreadable row", operationId: idOfItem(item) });
    return "unreadable";
  }

  /**
   * Writes the row if its stored revision is the one that was read; at revision 0, if there is no row yet. False if
   * another write came in between.
   */
  async write(row: LedgerRow): Promise<boolean> {
    return await putAtRevision(this.#dynamo, this.#table, toItem(row), row.revision);
  }
}
