import type { AttributeValue, Item } from "./attribute-value.ts";
import { compareNumbers } from "./decimal.ts";
import { checkIndexKey, checkItemKey, type KeySchema, keyAttributes, keyTextOf } from "./key-schema.ts";
import { SortedView, type StoredItem } from "./sorted-view.ts";

export interface IndexDefinition {
  readonly name: string;
  readonly schema: KeySchema;
  /** The attributes that the index carries, keys included. @default - all */
  readonly projected?: ReadonlySet<string>;
}

export interface TableDefinition {
  readonly name: string;
  readonly schema: KeySchema;
  readonly indexes: readonly IndexDefinition[];
}

/** What a query reads: a table or an index of it. */
export interface Source {
  readonly schema: KeySchema;
  readonly projected?: ReadonlySet<string>;
  readonly view: SortedView;
}

/** AWS: what expired more than five years ago is taken for a mistake and stays. */
const staleAfterSeconds = 5 * 365 * 24 * 60 * 60;

/** A table's items, by key and in the order of its own key and of each index. Indexes never lag. */
export class Table implements Source {
  readonly name: string;
  readonly schema: KeySchema;
  readonly indexes: ReadonlyMap<string, IndexDefinition & Source>;
  readonly view: SortedView;
  readonly #items = new Map<string, StoredItem>();

  constructor({ name, schema, indexes }: TableDefinition) {
    this.name = name;
    this.schema = schema;
    this.view = new SortedView(schema);
    this.indexes = new Map(indexes.map((index) => [index.name, { ...index, view: new SortedView(index.schema) }]));
  }

  get itemCount(): number {
    return this.#items.size;
  }

  /** The item with this key, of which only the key's own attributes are looked at. */
  get(key: Item): Item | undefined {
    return this.#items.get(this.#keyText(key))?.attributes;
  }

  /** Checks the keys of an item that is to be put, the indexes' included. @throws ValidationException */
  check(item: Item): void {
    checkItemKey(item, this.schema);
    for (const { name, schema } of this.indexes.values()) checkIndexKey(item, schema, name);
  }

  /** Puts a checked item in the place of the one with its key. */
  put(attributes: Item): void {
    const item = { key: this.#keyText(attributes), attributes };
    this.#replace(item.key, item);
  }

  delete(key: Item): void {
    this.#replace(this.#keyText(key), undefined);
  }

  /** An item as this table would hold it, to find its place by. */
  locate(attributes: Item): StoredItem {
    return { key: this.#keyText(attributes), attributes };
  }

  /** Deletes what a TTL attribute says has expired. @returns how many items that were */
  deleteExpired(attribute: string, nowSeconds: number): number {
    const expired = [...this.#items.values()].filter(({ attributes }) =>
      isExpired(attributes.get(attribute), nowSeconds),
    );
    for (const { key } of expired) this.#replace(key, undefined);
    return expired.length;
  }

  #replace(key: string, item: StoredItem | undefined): void {
    const old = this.#items.get(key);
    if (item === undefined) this.#items.delete(key);
    else this.#items.set(key, item);
    for (const view of [this.view, ...this.indexes.values().map((index) => index.view)]) {
      if (old !== undefined) view.remove(old);
      if (item !== undefined) view.add(item);
    }
  }

  #keyText(item: Item): string {
    const text = keyTextOf(item, this.schema);
    if (text === undefined) throw new Error(`An item without the key of ${this.name} was not checked.`);
    return text;
  }
}

/** The part of an item that an index carries. */
export function project(item: Item, projected: ReadonlySet<string> | undefined): Item {
  return projected === undefined ? item : new Map(item.entries().filter(([name]) => projected.has(name)));
}

/** The attributes of an item that make up the keys. */
export function keysOf(item: Item, ...schemas: readonly KeySchema[]): Item {
  const keys = new Map<string, AttributeValue>();
  for (const { name } of schemas.flatMap(keyAttributes)) {
    const value = item.get(name);
    if (value !== undefined) keys.set(name, value);
  }
  return keys;
}

/** AWS: expired is what has a number of seconds there that is less than the time now. */
function isExpired(value: AttributeValue | undefined, nowSeconds: number): boolean {
  if (value === undefined || !("N" in value)) return false;
  const age = compareNumbers(value.N, String(nowSeconds));
  return age < 0 && compareNumbers(value.N, String(nowSeconds - staleAfterSeconds)) >= 0;
}
