import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { type DeliveryStatus, deliveryStatuses } from "../api/delivery.ts";
import { putAtRevision } from "../dynamo/put-at-revision.ts";
import { readItems } from "../dynamo/read-items.ts";
import type { Delivery } from "./delivery.ts";
import { deliveryKey, idOfDeliveryItem, listed, toDelivery, toDeliveryItem } from "./delivery-item.ts";

export interface DeliveryFilter {
  readonly source?: string;
  readonly status?: DeliveryStatus;
}

export interface DeliveryPage {
  /** From new to old. Those that this version cannot read are left out. */
  readonly deliveries: readonly Delivery[];
  /** Where the next page starts; absent on the last. */
  readonly cursor?: string;
}

interface Place {
  readonly id: string;
  readonly order: string;
}

interface Wanted {
  readonly index: "byStatus" | "byRoot" | "byWaiting";
  readonly key: "status" | "root" | "waiting";
  readonly value: string;
}

/** Deliveries, which are in the table of the ledger. Reads are consistent; indexes may lag by moments. */
export class DeliveryStore {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(dynamo: DynamoDBDocumentClient, table: string) {
    this.#dynamo = dynamo;
    this.#table = table;
  }

  /** Those of the ids that are stored, and can be read. */
  async read(ids: readonly string[]): Promise<Delivery[]> {
    const found = await this.stored(ids);
    return [...found.values()].flatMap((delivery) => (delivery === "unreadable" ? [] : [delivery]));
  }

  /** Those of the ids that are stored. `unreadable`: another version wrote it. */
  async stored(ids: readonly string[]): Promise<ReadonlyMap<string, Delivery | "unreadable">> {
    const items = await readItems(this.#dynamo, this.#table, [...new Set(ids)].map(deliveryKey));
    return new Map(items.map((item) => [idOfDeliveryItem(item), toDelivery(item) ?? "unreadable"]));
  }

  async one(id: string): Promise<Delivery | undefined> {
    return (await this.read([id]))[0];
  }

  /** As `Ledger.write`. */
  async write(delivery: Delivery): Promise<boolean> {
    return await putAtRevision(this.#dynamo, this.#table, toDeliveryItem(delivery), delivery.revision);
  }

  async delete(id: string): Promise<void> {
    await this.#dynamo.send(new DeleteCommand({ TableName: this.#table, Key: { pk: deliveryKey(id) } }));
  }

  /** The newest deliveries about a record. @param recordKey from `recordKeyOf` */
  async ofRecord(recordKey: string): Promise<Delivery[]> {
    const places = await this.#query({ index: "byRoot", key: "root", value: listed.byRecord(recordKey) }, 100);
    return await this.read(places.map(({ id }) => id));
  }

  /**
   * @param limit deliveries on a page, from 1
   * @param before the cursor that the page before came with
   */
  async page({ source, status }: DeliveryFilter, limit: number, before?: string): Promise<DeliveryPage> {
    const wanted = (status === undefined ? deliveryStatuses : [status]).map(
      (each): Wanted =>
        source === undefined
          ? { index: "byStatus", key: "status", value: listed.byStatus(each) }
          : { index: "byWaiting", key: "waiting", value: listed.bySourceAndStatus(source, each) },
    );
    const lists = await Promise.all(wanted.map((each) => this.#query(each, limit + 1, before)));
    const places = lists.flat().sort((one, other) => (one.order < other.order ? 1 : -1));
    const shown = places.slice(0, limit);
    const byId = new Map((await this.read(shown.map(({ id }) => id))).map((delivery) => [delivery.id, delivery]));
    const last = shown.at(-1);
    return {
      deliveries: shown
        .flatMap(({ id }) => byId.get(id) ?? [])
        // What an index lists may have changed since.
        .filter((each) => status === undefined || each.status === status),
      ...(places.length > limit && last !== undefined && { cursor: last.order }),
    };
  }

  async #query({ index, key, value }: Wanted, count: number, before?: string): Promise<Place[]> {
    const { Items = [] } = await this.#dynamo.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: index,
        KeyConditionExpression: before === undefined ? "#key = :key" : "#key = :key AND #order < :before",
        ExpressionAttributeNames: { "#key": key, ...(before === undefined ? {} : { "#order": "order" }) },
        ExpressionAttributeValues: { ":key": value, ...(before === undefined ? {} : { ":before": before }) },
        ScanIndexForward: false,
        Limit: count,
      }),
    );
    return Items.map((item) => ({ id: idOfDeliveryItem(item), order: String(item["order"]) }));
  }
}
