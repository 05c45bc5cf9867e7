import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { OwnReason } from "../api/wait-reasons.ts";
import type { OperationId } from "../operation/operation.ts";
import type { ParkReason } from "../operation/parked.ts";
import { type Status, statuses } from "../operation/status.ts";
import type { Command } from "../umapi/command.ts";
import { type Listed, type OperationSummary, rootOf, toListed, userKeys } from "./item.ts";

export interface ListingFilter {
  readonly status?: Status;
  /** The email or username that the operation is addressed to, in any letter case and either form of Unicode. */
  readonly user?: string;
  /** Their own reason to wait. */
  readonly waiting?: OwnReason;
}

export interface ListingPage {
  readonly operations: readonly OperationSummary[];
  /** Operations of the page that this version cannot read. */
  readonly unreadable: readonly OperationId[];
  /** Where the next page starts; absent on the last. */
  readonly cursor?: string;
}

interface Counting {
  readonly index: "byStatus" | "byWaiting";
  readonly key: "status" | "waiting";
  readonly value: string;
  readonly most: number | undefined;
  /** Counts only what stands there. */
  readonly side?: "before" | "behind";
  readonly place?: string;
}

/** How many items are read at a time if a filter leaves out some of them. */
const filteredPage = 100;

/** Lists operations from new to old, by the time at which their calls were accepted. Indexes may lag by moments. */
export class Listing {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(dynamo: DynamoDBDocumentClient, table: string) {
    this.#dynamo = dynamo;
    this.#table = table;
  }

  /**
   * @param limit operations on a page, from 1
   * @param before the cursor that the page before came with
   */
  async page(filter: ListingFilter, limit: number, before?: string): Promise<ListingPage> {
    // One more than requested shows whether there is a next page.
    const found = await this.#newest(filter, limit + 1, before);
    return pageOf(found.slice(0, limit), found.length > limit);
  }

  /** Operations of one status from old to new. @param after the cursor that the page before came with */
  async oldest(status: Status, limit: number, after?: string): Promise<ListingPage> {
    return await this.#oldest("byStatus", "status", status, limit, after);
  }

  /** Operations that are parked for one reason, from old to new. @param after as in `oldest` */
  async oldestParked(reason: ParkReason, limit: number, after?: string): Promise<ListingPage> {
    return await this.#oldest("byWaiting", "waiting", reason, limit, after);
  }

  async #oldest(
    index: "byStatus" | "byWaiting",
    key: "status" | "waiting",
    value: string,
    limit: number,
    after: string | undefined,
  ): Promise<ListingPage> {
    const { Items = [], LastEvaluatedKey } = await this.#dynamo.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: index,
        KeyConditionExpression: after === undefined ? "#key = :key" : "#key = :key AND #order > :after",
        ExpressionAttributeNames: { "#key": key, ...(after === undefined ? {} : { "#order": "order" }) },
        ExpressionAttributeValues: { ":key": value, ...(after === undefined ? {} : { ":after": after }) },
        Limit: limit,
      }),
    );
    return pageOf(Items.map(toListed), LastEvaluatedKey !== undefined);
  }

  /** How many operations have this status. @param most the number at which to stop. @default - all are counted */
  async count(status: Status, most?: number): Promise<number> {
    return await this.#count({ index: "byStatus", key: "status", value: status, most });
  }

  /** How many operations are parked for this reason. @param most as in `count` */
  async countParked(reason: OwnReason, most?: number): Promise<number> {
    return await this.#count({ index: "byWaiting", key: "waiting", value: reason, most });
  }

  /** Counts queued operations on one side of a place in the order. @param most as in `count` */
  async countQueued(side: "before" | "behind", place: string, most: number): Promise<number> {
    return await this.#count({ index: "byStatus", key: "status", value: "queued", most, side, place });
  }

  async #count({ index, key, value, most = Number.POSITIVE_INFINITY, side, place }: Counting): Promise<number> {
    let count = 0;
    let startKey: Record<string, unknown> | undefined;
    do {
      const { Count = 0, LastEvaluatedKey } = await this.#dynamo.send(
        new QueryCommand({
          TableName: this.#table,
          IndexName: index,
          KeyConditionExpression: `#key = :key${side === undefined ? "" : ` AND #order ${side === "before" ? "<" : ">"} :place`}`,
          ExpressionAttributeNames: { "#key": key, ...(side === undefined ? {} : { "#order": "order" }) },
          ExpressionAttributeValues: { ":key": value, ...(side === undefined ? {} : { ":place": place }) },
          Select: "COUNT",
          ...(Number.isFinite(most) ? { Limit: most - count } : {}),
          ExclusiveStartKey: startKey,
        }),
      );
      count += Count;
      startKey = LastEvaluatedKey;
    } while (startKey !== undefined && count < most);
    return count;
  }

  /** The newest operation on the command's own user or group that has this status; test mode does not count. */
  async newestOn(command: Command, status: Status): Promise<Listed | undefined> {
    const [newest] = await this.#query("byRoot", "root", rootOf(command), 1, undefined, { status, testOnly: false });
    return newest;
  }

  async #newest(filter: ListingFilter, count: number, before?: string): Promise<Listed[]> {
    const lists = await Promise.all(this.#newestBy(filter, count, before));
    return lists
      .flat()
      .sort((one, other) => (one.order < other.order ? 1 : -1))
      .slice(0, count);
  }

  #newestBy({ status, user, waiting }: ListingFilter, count: number, before?: string): Promise<Listed[]>[] {
    if (user !== undefined)
      return userKeys(user).map((each) => this.#query("byRoot", "root", each, count, before, { status }));
    if (waiting !== undefined) return [this.#query("byWaiting", "waiting", waiting, count, before, { status })];
    const wanted = status === undefined ? statuses : [status];
    return wanted.map((each) => this.#query("byStatus", "status", each, count, before));
  }

  async #query(
    index: "byRoot" | "byStatus" | "byWaiting",
    key: "root" | "status" | "waiting",
    value: string,
    count: number,
    before: string | undefined,
    { status, testOnly }: { readonly status?: Status | undefined; readonly testOnly?: boolean } = {},
  ): Promise<Listed[]> {
    const filters = [
      ...(status === undefined ? [] : ["#status = :status"]),
      ...(testOnly === undefined ? [] : ["testOnly = :testOnly"]),
    ];
    const found: Listed[] = [];
    let startKey: Record<string, unknown> | undefined;
    do {
      const { Items, LastEvaluatedKey } = await this.#dynamo.send(
        new QueryCommand({
          TableName: this.#table,
          IndexName: index,
          KeyConditionExpression: before === undefined ? "#key = :key" : "#key = :key AND #order < :before",
          ExpressionAttributeNames: {
            "#key": key,
            ...(before === undefined ? {} : { "#order": "order" }),
            ...(status === undefined ? {} : { "#status": "status" }),
          },
          ExpressionAttributeValues: {
            ":key": value,
            ...(before === undefined ? {} : { ":before": before }),
            ...(status === undefined ? {} : { ":status": status }),
            ...(testOnly === undefined ? {} : { ":testOnly": testOnly }),
          },
          ...(filters.length === 0 ? {} : { FilterExpression: filters.join(" AND ") }),
          ScanIndexForward: false,
          // DynamoDB counts before it filters, so with a filter the matching items may be far apart.
          Limit: filters.length === 0 ? count - found.length : filteredPage,
          ExclusiveStartKey: startKey,
        }),
      );
      found.push(...(Items ?? []).map(toListed));
      startKey = LastEvaluatedKey;
    } while (startKey !== undefined && found.length < count);
    return found.slice(0, count);
  }
}

/** @param isMore whether there is a next page */
export function pageOf(found: readonly Listed[], isMore: boolean): ListingPage {
  const last = found.at(-1);
  return {
    operations: found.flatMap(({ summary }) => summary ?? []),
    unreadable: found.flatMap(({ id, summary }) => (summary === undefined ? [id] : [])),
    ...(isMore && last !== undefined ? { cursor: last.order } : {}),
  };
}
