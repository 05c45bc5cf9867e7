/** Members of DynamoDB's inputs and outputs that hold an item, a part of one, or a list of them. */
const holders = new Set([
  "Attributes",
  "ExclusiveStartKey",
  "ExpressionAttributeValues",
  "Item",
  "Items",
  "Key",
  "Keys",
  "LastEvaluatedKey",
]);

/** Makes an input of the document client what DynamoDB's own client takes: `{S: "…"}` for text, and so on. */
export const toAttributes = (input: unknown): unknown => inHolders(input, (item) => mapValues(item, toAttribute));

/** Makes an output of DynamoDB's own client what the document client returns. */
export const fromAttributes = (output: unknown): unknown => inHolders(output, (item) => mapValues(item, fromAttribute));

function inHolders(value: unknown, convert: (item: object) => unknown, isHolder = false): unknown {
  if (Array.isArray(value)) return value.map((each) => inHolders(each, convert, isHolder));
  if (typeof value !== "object" || value === null) return value;
  if (isHolder) return convert(value);
  return mapEntries(value, (member, each) =>
    // A list of items for each table.
    member === "Responses"
      ? mapValues(Object(each), (items) => inHolders(items, convert, true))
      : inHolders(each, convert, holders.has(member)),
  );
}

function toAttribute(value: unknown): unknown {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(toAttribute) };
  if (typeof value === "object") return { M: mapValues(value, toAttribute) };
  throw new TypeError(`No attribute can hold a ${typeof value}`);
}

function fromAttribute(attribute: unknown): unknown {
  const [[type, value] = [undefined, undefined]] = Object.entries<unknown>(Object(attribute));
  switch (type) {
    case "S":
    case "BOOL":
      return value;
    case "N":
      return Number(value);
    case "NULL":
      return null;
    case "L":
      return Array.from(Object(value), fromAttribute);
    case "M":
      return mapValues(Object(value), fromAttribute);
    default:
      throw new TypeError(`An attribute of type ${type} has no value here`);
  }
}

const mapValues = (values: object, convert: (value: unknown) => unknown) =>
  mapEntries(values, (_name, value) => convert(value));

/** Leaves out what is undefined, as the client of the functions does. */
function mapEntries(values: object, convert: (name: string, value: unknown) => unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) result[name] = convert(name, value);
  return result;
}
