import { type AttributeValue, type Item, typeOf } from "./attribute-value.ts";
import { invalidParameter, validationException } from "./errors.ts";

export interface KeyAttribute {
  readonly name: string;
  readonly type: "S" | "N" | "B";
  /** AWS: 2048 bytes for a partition key, 1024 for a sort key. */
  readonly maxBytes: number;
}

/** The key of a table or an index. */
export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
}

export function keyAttributes({ partition, sort }: KeySchema): readonly KeyAttribute[] {
  return sort === undefined ? [partition] : [partition, sort];
}

/** Checks that a request's key has the attributes of the schema and no other. @throws ValidationException */
export function checkKey(key: Item, schema: KeySchema): void {
  const attributes = keyAttributes(schema);
  const fits = attributes.every(({ name, type }) => {
    const value = key.get(name);
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits || key.size !== attributes.length) {
    throw validationException("The provided key element does not match the schema");
  }
  checkValues(key, attributes);
}

/** Checks that an item has the table's key. @throws ValidationException */
export function checkItemKey(item: Item, schema: KeySchema): void {
  const attributes = keyAttributes(schema);
  for (const { name, type } of attributes) {
    const value = item.get(name);
    if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) {
      throw invalidParameter(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
  }
  checkValues(item, attributes);
}

/** Checks that an item's attributes fit an index, whose key it need not have. @throws ValidationException */
export function checkIndexKey(item: Item, schema: KeySchema, indexName: string): void {
  for (const key of keyAttributes(schema)) {
    const value = item.get(key.name);
    if (value === undefined) continue;
    if (typeOf(value) !== key.type) {
      throw invalidParameter(
        `Type mismatch for Index Key ${key.name} Expected: ${key.type} Actual: ${typeOf(value)} IndexName: ${indexName}`,
      );
    }
    checkKeyValue(value, key);
  }
}

/** AWS: a key is not empty, and of limited length. @throws ValidationException */
export function checkKeyValue(value: AttributeValue, { name, maxBytes }: KeyAttribute): void {
  if ("N" in value) return;
  const bytes = "S" in value ? Buffer.byteLength(value.S) : "B" in value ? Buffer.byteLength(value.B, "base64") : 0;
  if (bytes === 0) {
    throw invalidParameter(`The AttributeValue for a key attribute cannot contain an empty value. Key: ${name}`);
  }
  if (bytes > maxBytes)
    throw invalidParameter(`The key ${name} has exceeded the maximum size limit of ${maxBytes} bytes`);
}

/** A text that stands for the item's key, or undefined where it has none of this schema. */
export function keyTextOf(item: Item, { partition, sort }: KeySchema): string | undefined {
  const first = keyText(item.get(partition.name));
  if (sort === undefined || first === undefined) return first;
  const second = keyText(item.get(sort.name));
  return second === undefined ? undefined : `${first.length}:${first}${second}`;
}

/** A text that stands for a key's value; equal values of one type have the same. */
export function keyText(value: AttributeValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if ("S" in value) return value.S;
  if ("N" in value) return value.N;
  return "B" in value ? value.B : undefined;
}

function checkValues(item: Item, attributes: readonly KeyAttribute[]): void {
  for (const key of attributes) {
    const value = item.get(key.name);
    if (value !== undefined) checkKeyValue(value, key);
  }
}
