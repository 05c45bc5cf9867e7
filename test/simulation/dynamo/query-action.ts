import { type AttributeValue, type Item, readItem } from "./attribute-value.ts";
import type { DynamoContext } from "./context.ts";
import { validationException } from "./errors.ts";
import { bindCondition } from "./expressions/bind-condition.ts";
import { type Condition, parseCondition } from "./expressions/condition.ts";
import { holds, passes } from "./expressions/holds.ts";
import { type KeyCondition, readKeyCondition } from "./expressions/key-condition.ts";
import { Placeholders } from "./expressions/placeholders.ts";
import { inputs, readInput } from "./inputs.ts";
import { itemSize } from "./item-size.ts";
import { checkKey, type KeySchema, keyAttributes } from "./key-schema.ts";
import { keysOf, project, type Source, type Table } from "./table.ts";

/** AWS: a page ends with the item that brings it to 1 MB, before the filter. */
const maxPageBytes = 1024 * 1024;

export const queryAction = {
  Query(input: unknown, { tables }: DynamoContext) {
    const request = readInput(inputs.query, input);
    const parsedKeyCondition = parseCondition.KeyConditionExpression(request.KeyConditionExpression);
    const parsedFilter =
      request.FilterExpression === undefined ? undefined : parseCondition.FilterExpression(request.FilterExpression);
    const placeholders = new Placeholders(request, [parsedKeyCondition, parsedFilter]);
    const keyCondition = bindCondition(parsedKeyCondition, placeholders);
    const filter = parsedFilter && bindCondition(parsedFilter, placeholders);

    const table = tables.get(request.TableName);
    const source: Source =
      request.IndexName === undefined ? table : indexOf(table, request.IndexName, request.ConsistentRead);
    const condition = readKeyCondition(keyCondition, source.schema);
    if (filter !== undefined) checkFilter(filter, source.schema);
    const start = request.ExclusiveStartKey && readItem(request.ExclusiveStartKey);
    if (start !== undefined) checkStart(start, condition, table.schema, source.schema);

    const after = start && table.locate(start);
    const chosen = source.view.select(condition, request.ScanIndexForward ?? true, after);
    const page = readPage(chosen, request.Limit ?? Number.POSITIVE_INFINITY, source);
    const matching = filter === undefined ? page.items : page.items.filter((item) => holds(filter, item));
    return {
      ...(request.Select !== "COUNT" && { Items: matching.map((item) => Object.fromEntries(item)) }),
      Count: matching.length,
      ScannedCount: page.items.length,
      ...(page.last && { LastEvaluatedKey: Object.fromEntries(keysOf(page.last, table.schema, source.schema)) }),
    };
  },
};

function indexOf(table: Table, name: string, consistentRead: boolean | undefined): Source {
  const index = table.indexes.get(name);
  if (index === undefined) throw validationException(`The table does not have the specified index: ${name}`);
  if (consistentRead === true) {
    throw validationException("Consistent reads are not supported on global secondary indexes");
  }
  return index;
}

/** Reads until the page is full; `last` is then the item to go on behind, even where none follows. */
function readPage(
  chosen: Iterable<{ readonly attributes: Item }>,
  limit: number,
  source: Source,
): { items: Item[]; last: Item | undefined } {
  const items: Item[] = [];
  let bytes = 0;
  for (const { attributes } of chosen) {
    const item = project(attributes, source.projected);
    items.push(item);
    bytes += itemSize(item);
    if (items.length === limit || bytes >= maxPageBytes) return { items, last: item };
  }
  return { items, last: undefined };
}

function checkFilter(filter: Condition<AttributeValue>, schema: KeySchema): void {
  switch (filter.kind) {
    case "and":
    case "or":
      checkFilter(filter.left, schema);
      checkFilter(filter.right, schema);
      break;
    case "not":
      checkFilter(filter.inner, schema);
      break;
    default:
      if (keyAttributes(schema).some(({ name }) => name === filter.path)) {
        throw validationException(
          `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${filter.path}`,
        );
      }
  }
}

/** Checks that a page can start behind this key. @throws ValidationException */
function checkStart(start: Item, condition: KeyCondition, ...schemas: readonly [KeySchema, KeySchema]): void {
  const names = new Set(schemas.flatMap(keyAttributes).map(({ name }) => name));
  if (start.size !== names.size) throw validationException("The provided starting key is invalid");
  for (const schema of schemas) checkKey(keysOf(start, schema), schema);
  const [, { partition, sort }] = schemas;
  const isWithin =
    passes(
      { kind: "compare", comparator: "=", path: partition.name, value: condition.partition },
      start.get(partition.name),
    ) &&
    (sort === undefined || condition.sort === undefined || passes(condition.sort, start.get(sort.name)));
  if (!isWithin) {
    throw validationException("The provided starting key is outside query boundaries based on provided conditions");
  }
}
