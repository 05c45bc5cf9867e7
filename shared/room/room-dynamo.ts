import {
  BatchWriteCommand,
  DeleteCommand,
  type DeleteCommandInput,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { conditionHeld } from "../dynamo/condition-held.ts";
import { inParallel } from "../language/in-parallel.ts";
import type { ListName } from "../operation/parked.ts";
import type { Place } from "../operation/place.ts";
import { type Aside, asideItem, type FoundAside, toFoundAside } from "./aside.ts";
import {
  type DueEntry,
  type DueKind,
  dueKinds,
  type Entrant,
  type Found,
  type Item,
  type ItemKey,
  type ListState,
  type Occupant,
  RoomKeys,
  toDueEntry,
  toFound,
  toListState,
} from "./entry.ts";
import type { NameKeys } from "./names.ts";

/** AWS: the most that one BatchWriteItem takes. */
const batchWriteLimit = 25;
/** The most calls at a time. */
const parallel = 10;
/** The most entries of one name that are read for work on it. */
const mostAhead = 25;

/** The waiting room's table. Reads are consistent. */
export class Room {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #keys: RoomKeys;

  constructor(dynamo: DynamoDBDocumentClient, table: string, lane: string) {
    this.#dynamo = dynamo;
    this.#table = table;
    this.#keys = new RoomKeys(lane);
  }

  /** Writes the entries of an operation that is about to be parked, over those that exist already. */
  async enter(entrant: Entrant): Promise<void> {
    const { list } = entrant.parked;
    await this.#write(
      [
        ...this.#keys.aheadOf(entrant),
        ...this.#keys.namesOf(entrant),
        ...this.#keys.listOf(entrant),
        ...this.#keys.dueOfEntrant(entrant),
      ].map((Item) => ({ PutRequest: { Item } })),
    );
    // Counted after the entry is there, so that whoever has not seen the entry does not close the list.
    if (list !== undefined)
      await this.#dynamo.send(
        new UpdateCommand({
          ...this.#stateOf(list),
          UpdateExpression: "ADD entered :one",
          ExpressionAttributeValues: { ":one": 1 },
        }),
      );
  }

  /** Writes the entries of an operation by its names alone. */
  async standUnder(names: NameKeys, occupant: Occupant): Promise<void> {
    await this.#write(this.#keys.standing(names, occupant).map((Item) => ({ PutRequest: { Item } })));
  }

  async setAside(aside: Aside): Promise<void> {
    await this.#dynamo.send(new PutCommand({ TableName: this.#table, Item: asideItem(this.#keys.aside, aside) }));
  }

  /** What was set aside. @param after the `sk` of the last that was seen */
  async aside(limit: number, after?: string): Promise<FoundAside[]> {
    const range = after === undefined ? {} : { after };
    return (await this.#query(this.#keys.aside, limit, range)).map(toFoundAside);
  }

  /** Deletes the entries of the operation under its names. */
  async leaveNames(entrant: Entrant): Promise<void> {
    await this.delete(this.#keys.namesOf(entrant));
  }

  /** Deletes the entries by which older work finds the operation. */
  async leaveAhead(entrant: Entrant): Promise<void> {
    await this.delete(this.#keys.aheadOf(entrant));
  }

  /** Deletes the due entry or the list entry of an operation that has ended. */
  async leavePlace(entrant: Entrant): Promise<void> {
    await this.delete(this.#placeOf(entrant));
  }

  /**
   * Deletes the due entry or the list entry that the operation had before it was parked again. One that was written since
   * stays: another dispatcher may have parked it as it was before.
   *
   * @param since when it was parked again, in milliseconds since the epoch
   */
  async leaveFormerPlace(before: Entrant, since: number): Promise<void> {
    const condition = {
      ConditionExpression: "occupant.enteredAt <= :since",
      ExpressionAttributeValues: { ":since": since },
    };
    for (const key of this.#placeOf(before)) await this.#deleteIf(key, condition);
  }

  /** The entries that are due by `now` (milliseconds since the epoch), the longest due first. */
  async due(kind: DueKind, now: number, limit: number): Promise<DueEntry[]> {
    const items = await this.#query(this.#keys.due(kind), limit, { before: this.#keys.dueAfter(now) });
    return items.map(toDueEntry);
  }

  /** The members of the list, the earliest place first. */
  async members(list: ListName, limit: number): Promise<Found[]> {
    return (await this.#query(this.#keys.list(list), limit)).map(toFound);
  }

  /** For each of the names, the latest operation before `place` that conflicts by that name. */
  async latestBefore(names: NameKeys, place: Place): Promise<Found[]> {
    const partitions = [
      ...names.writes.map((key) => this.#keys.name("touched", key)),
      ...names.reads.map((key) => this.#keys.name("written", key)),
    ];
    const found: Found[] = [];
    await inParallel(partitions, parallel, async (partition) => {
      const [latest] = await this.#query(partition, 1, { before: place, isDescending: true });
      if (latest !== undefined) found.push(toFound(latest));
    });
    return found;
  }

  /** The operations after `place` that go ahead of older work on one of the names, or have gone. */
  async aheadAfter(names: readonly string[], place: Place): Promise<Found[]> {
    const found: Found[] = [];
    await inParallel(names, parallel, async (name) => {
      const entries = await this.#query(this.#keys.ahead(name), mostAhead, { after: place });
      found.push(...entries.map(toFound).filter(({ occupant }) => occupant.place > place));
    });
    return found;
  }

  /** For each of the names, the earliest operations that touch it. */
  async earliestOn(names: readonly string[]): Promise<Found[]> {
    const found: Found[] = [];
    await inParallel(names, parallel, async (name) => {
      found.push(...(await this.#query(this.#keys.name("touched", name), mostAhead)).map(toFound));
    });
    return found;
  }

  /** @returns undefined if the list has no members */
  async listState(list: ListName): Promise<ListState | undefined> {
    const { Item } = await this.#dynamo.send(new GetCommand({ ...this.#stateOf(list), ConsistentRead: true }));
    return Item === undefined ? undefined : toListState(Item);
  }

  /**
   * Sets when the members of the list may go. The due entry is written first; without the state of the list it is stale
   * and harmless.
   *
   * @param dueBefore the earlier due time of the list, if it had one
   */
  async setList(
    kind: DueKind,
    list: ListName,
    { dueAt, take, failures }: Omit<ListState, "entered"> & { readonly dueAt: number },
    dueBefore?: number,
  ): Promise<void> {
    const due = this.#keys.dueOfList(kind, dueAt, list);
    await this.#dynamo.send(new PutCommand({ TableName: this.#table, Item: due }));
    await this.#dynamo.send(
      new UpdateCommand({
        ...this.#stateOf(list),
        UpdateExpression: "SET dueAt = :dueAt, take = :take, failures = :failures",
        ExpressionAttributeValues: { ":dueAt": dueAt, ":take": take, ":failures": failures },
      }),
    );
    if (dueBefore !== undefined && dueBefore !== dueAt)
      await this.delete([this.#keys.dueOfList(kind, dueBefore, list)]);
  }

  /**
   * Deletes a list without members, unless somebody has entered it since.
   *
   * @param state as it was before the list was found empty
   * @returns whether it is deleted
   */
  async closeList(list: ListName, { entered }: ListState): Promise<boolean> {
    return await this.#deleteIf(this.#stateOf(list).Key, {
      ConditionExpression: "attribute_not_exists(entered) OR entered = :entered",
      ExpressionAttributeValues: { ":entered": entered },
    });
  }

  /** Lists with members, in the order of their names, from the one after `after`. */
  async lists(limit: number, after?: ListName): Promise<{ readonly list: ListName; readonly state: ListState }[]> {
    const items = await this.#query(this.#keys.lists, limit, after === undefined ? {} : { after });
    return items.map((item) => ({ list: item.sk as ListName, state: toListState(item) }));
  }

  async isEmpty(): Promise<boolean> {
    const partitions = [...dueKinds.map((kind) => this.#keys.due(kind)), this.#keys.lists, this.#keys.aside];
    const found = await Promise.all(partitions.map((partition) => this.#query(partition, 1)));
    return found.every(({ length }) => length === 0);
  }

  async #query(
    partition: string,
    limit: number,
    range: { readonly before?: string; readonly after?: string; readonly isDescending?: boolean } = {},
  ): Promise<Item[]> {
    const { before, after, isDescending = false } = range;
    const condition = before === undefined ? (after === undefined ? "" : " AND sk > :edge") : " AND sk < :edge";
    const edge = before ?? after;
    const { Items = [] } = await this.#dynamo.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: `pk = :pk${condition}`,
        ExpressionAttributeValues: { ":pk": partition, ...(edge === undefined ? {} : { ":edge": edge }) },
        ScanIndexForward: !isDescending,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => ({ ...item, pk: String(item["pk"]), sk: String(item["sk"]) }));
  }

  /** Deletes entries. An entry that does not exist is not an error. */
  async delete(keys: readonly ItemKey[]): Promise<void> {
    if (keys.length === 1)
      for (const { pk, sk } of keys)
        await this.#dynamo.send(new DeleteCommand({ TableName: this.#table, Key: { pk, sk } }));
    else await this.#write(keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })));
  }

  /**
   * Deletes an entry as it was found. One that was written anew meanwhile stays: whoever wrote it counts on it. One that
   * cannot be read does not tell, and is deleted in any case.
   */
  async deleteFound({ key, occupant, isDamaged }: Found): Promise<void> {
    const condition = isDamaged
      ? {}
      : {
          ConditionExpression: "occupant.enteredAt = :enteredAt",
          ExpressionAttributeValues: { ":enteredAt": occupant.enteredAt },
        };
    await this.#deleteIf(key, condition);
  }

  /** @returns whether the condition held */
  async #deleteIf(
    { pk, sk }: ItemKey,
    condition: Pick<DeleteCommandInput, "ConditionExpression" | "ExpressionAttributeValues">,
  ): Promise<boolean> {
    return await conditionHeld(
      this.#dynamo.send(new DeleteCommand({ TableName: this.#table, Key: { pk, sk }, ...condition })),
    );
  }

  #stateOf(list: ListName) {
    return { TableName: this.#table, Key: { pk: this.#keys.lists, sk: list } };
  }

  #placeOf(entrant: Entrant): ItemKey[] {
    return [...this.#keys.listOf(entrant), ...this.#keys.dueOfEntrant(entrant)];
  }

  async #write(requests: readonly WriteRequest[]): Promise<void> {
    const chunks = Array.from({ length: Math.ceil(requests.length / batchWriteLimit) }, (_, index) =>
      requests.slice(index * batchWriteLimit, (index + 1) * batchWriteLimit),
    );
    await inParallel(chunks, parallel, async (chunk) => {
      let rest: readonly WriteRequest[] = chunk;
      while (rest.length > 0) {
        const { UnprocessedItems } = await this.#dynamo.send(
          new BatchWriteCommand({ RequestItems: { [this.#table]: [...rest] } }),
        );
        rest = UnprocessedItems?.[this.#table] ?? [];
      }
    });
  }
}

type WriteRequest = NonNullable<ConstructorParameters<typeof BatchWriteCommand>[0]["RequestItems"]>[string][number];
