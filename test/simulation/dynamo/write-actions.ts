import { type AttributeValue, type Item, readItem } from "./attribute-value.ts";
import type { DynamoContext } from "./context.ts";
import { conditionalCheckFailed, validationException } from "./errors.ts";
import { applyUpdate, checkUpdate } from "./expressions/apply-update.ts";
import { bindCondition } from "./expressions/bind-condition.ts";
import { type Condition, type ParsedCondition, parseCondition } from "./expressions/condition.ts";
import { holds } from "./expressions/holds.ts";
import { type PlaceholderInput, Placeholders, type Referring } from "./expressions/placeholders.ts";
import { parseUpdate } from "./expressions/update.ts";
import { inputs, readInput } from "./inputs.ts";
import { itemSize, maxItemBytes } from "./item-size.ts";
import { checkKey } from "./key-schema.ts";

export const writeActions = {
  PutItem(input: unknown, { tables }: DynamoContext) {
    const request = readInput(inputs.put, input);
    const item = readItem(request.Item);
    if (itemSize(item) > maxItemBytes) throw validationException("Item size has exceeded the maximum allowed size");
    const { condition } = readConditional(request);
    const table = tables.get(request.TableName);
    table.check(item);
    const before = table.get(item);
    check(condition, before);
    table.put(item);
    return attributes(request.ReturnValues === "ALL_OLD" ? before : undefined);
  },

  UpdateItem(input: unknown, { tables }: DynamoContext) {
    const request = readInput(inputs.update, input);
    const key = readItem(request.Key);
    const update = request.UpdateExpression === undefined ? undefined : parseUpdate(request.UpdateExpression);
    const { condition, placeholders } = readConditional(request, update);
    const table = tables.get(request.TableName);
    checkKey(key, table.schema);
    if (update !== undefined) checkUpdate(update, placeholders, table.schema);
    const before = table.get(key);
    check(condition, before);
    const item = update === undefined ? (before ?? key) : applyUpdate(update, placeholders, before ?? key);
    if (itemSize(item) > maxItemBytes) {
      throw validationException("Item size to update has exceeded the maximum allowed size");
    }
    table.check(item);
    table.put(item);
    const returned = { NONE: undefined, ALL_OLD: before, ALL_NEW: item };
    return attributes(returned[request.ReturnValues ?? "NONE"]);
  },

  DeleteItem(input: unknown, { tables }: DynamoContext) {
    const request = readInput(inputs.delete, input);
    const key = readItem(request.Key);
    const { condition } = readConditional(request);
    const table = tables.get(request.TableName);
    checkKey(key, table.schema);
    const before = table.get(key);
    check(condition, before);
    table.delete(key);
    return attributes(request.ReturnValues === "ALL_OLD" ? before : undefined);
  },
};

/** Reads a write's condition and what its placeholders stand for. */
function readConditional(
  request: PlaceholderInput & { readonly ConditionExpression?: string | undefined },
  update?: Referring,
): { readonly condition: Condition<AttributeValue> | undefined; readonly placeholders: Placeholders } {
  const { ConditionExpression: text } = request;
  const parsed: ParsedCondition | undefined = text === undefined ? undefined : parseCondition.ConditionExpression(text);
  const placeholders = new Placeholders(request, [parsed, update]);
  return { condition: parsed && bindCondition(parsed, placeholders), placeholders };
}

function check(condition: Condition<AttributeValue> | undefined, item: Item | undefined): void {
  if (condition !== undefined && !holds(condition, item)) throw conditionalCheckFailed();
}

function attributes(item: Item | undefined): { readonly Attributes?: Readonly<Record<string, AttributeValue>> } {
  return item === undefined ? {} : { Attributes: Object.fromEntries(item) };
}
