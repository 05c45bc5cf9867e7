import type { AttributeValue, Item } from "./attribute-value.ts";
import { beginsWith, compareUtf8, compareValues } from "./compare.ts";
import type { KeyCondition, SortKeyTest } from "./expressions/key-condition.ts";
import { type KeySchema, keyText } from "./key-schema.ts";

/** An item as a table holds it; it is never changed, only replaced. */
export interface StoredItem {
  /** Stands for the item's key in the table. */
  readonly key: string;
  readonly attributes: Item;
}

/** A table's items as its own key or an index orders them: by partition, and there by sort key. */
export class SortedView {
  readonly #schema: KeySchema;
  readonly #partitions = new Map<string, StoredItem[]>();

  constructor(schema: KeySchema) {
    this.#schema = schema;
  }

  /** Takes the item in, if it has the view's key. */
  add(item: StoredItem): void {
    const partition = this.#partitionOf(item);
    if (partition === undefined) return;
    const items = this.#partitions.get(partition);
    if (items === undefined) this.#partitions.set(partition, [item]);
    else items.splice(this.#indexOf(items, item), 0, item);
  }

  remove(item: StoredItem): void {
    const partition = this.#partitionOf(item);
    const items = partition === undefined ? undefined : this.#partitions.get(partition);
    if (partition === undefined || items === undefined) return;
    items.splice(this.#indexOf(items, item), 1);
    if (items.length === 0) this.#partitions.delete(partition);
  }

  /**
   * The items that a key condition chooses, in the order asked for.
   *
   * @param after the item to go on behind; it need not be there any more
   */
  *select(condition: KeyCondition, ascending: boolean, after: StoredItem | undefined): Generator<StoredItem> {
    const items = this.#partitions.get(keyText(condition.partition) ?? "") ?? [];
    let [start, end] = condition.sort === undefined ? [0, items.length] : this.#run(items, condition.sort);
    if (after !== undefined && ascending) {
      start = Math.max(
        start,
        firstIndex(items, (item) => this.#compare(item, after) > 0),
      );
    } else if (after !== undefined) {
      end = Math.min(end, this.#indexOf(items, after));
    }
    for (let taken = 0; taken < end - start; taken++) {
      const item = items[ascending ? start + taken : end - 1 - taken];
      if (item !== undefined) yield item;
    }
  }

  /** Where in a partition the items that pass the test start and end. */
  #run(items: readonly StoredItem[], test: SortKeyTest): [start: number, end: number] {
    const from = (value: AttributeValue) => firstIndex(items, (item) => this.#compareSortKey(item, value) >= 0);
    const past = (value: AttributeValue) => firstIndex(items, (item) => this.#compareSortKey(item, value) > 0);
    if (test.kind === "between") return [from(test.low), past(test.high)];
    if (test.kind === "begins_with") {
      const isPast = (item: StoredItem) =>
        this.#compareSortKey(item, test.value) > 0 && !beginsWith(this.#sortKey(item), test.value);
      return [from(test.value), firstIndex(items, isPast)];
    }
    switch (test.comparator) {
      case "=":
        return [from(test.value), past(test.value)];
      case "<":
        return [0, from(test.value)];
      case "<=":
        return [0, past(test.value)];
      case ">":
        return [past(test.value), items.length];
      default:
        return [from(test.value), items.length];
    }
  }

  /** Undefined for an item that lacks a part of the view's key. */
  #partitionOf({ attributes }: StoredItem): string | undefined {
    const { partition, sort } = this.#schema;
    if (sort !== undefined && !attributes.has(sort.name)) return undefined;
    return keyText(attributes.get(partition.name));
  }

  #indexOf(items: readonly StoredItem[], item: StoredItem): number {
    return firstIndex(items, (other) => this.#compare(other, item) >= 0);
  }

  /** AWS leaves the order of an index's equal keys open; here it is that of the table's keys. */
  #compare(one: StoredItem, other: StoredItem): number {
    const order = this.#schema.sort === undefined ? 0 : this.#compareSortKey(one, this.#sortKey(other));
    return order === 0 ? compareUtf8(one.key, other.key) : order;
  }

  #compareSortKey(item: StoredItem, value: AttributeValue): number {
    return compareValues(this.#sortKey(item), value) ?? 0;
  }

  #sortKey({ attributes }: StoredItem): AttributeValue {
    const value = attributes.get(this.#schema.sort?.name ?? "");
    if (value === undefined) throw new Error("An item without a sort key is in a view that sorts by one.");
    return value;
  }
}

/** The index of the first item for which `fits` holds, given that it holds for all behind it; the length if for none. */
function firstIndex(items: readonly StoredItem[], fits: (item: StoredItem) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && fits(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
